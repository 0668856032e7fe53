package dev.outrigger.example.kv.store;

import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** Reads RocksDB's own figures. Only within {@link Database#use}. */
final class Gauges {

    private final RocksDB rocks;
    private final Statistics statistics;

    Gauges(RocksDB rocks, Statistics statistics) {
        this.rocks = rocks;
        this.statistics = statistics;
    }

    boolean isWriteStopped() throws RocksDBException {
        return rocks.getLongProperty("rocksdb.is-write-stopped") != 0;
    }

    Vitals vitals(List<Shard> shards, Optional<String> writeFault) throws RocksDBException {
        long pending = 0;
        for (Shard shard : shards) {
            pending += pendingCompactionBytes(shard.family());
        }
        return new Vitals(
                isWriteStopped(),
                rocks.getLongProperty("rocksdb.actual-delayed-write-rate"),
                pending,
                rocks.getLongProperty("rocksdb.background-errors"),
                writeFault);
    }

    ShardTree tree(Shard shard) throws RocksDBException {
        ColumnFamilyHandle family = shard.family();
        return new ShardTree(
                shard.range().first(),
                rocks.getLongProperty(family, "rocksdb.cur-size-all-mem-tables"),
                rocks.getLongProperty(family, "rocksdb.mem-table-flush-pending") != 0,
                rocks.getLongProperty(family, "rocksdb.compaction-pending") != 0,
                pendingCompactionBytes(family),
                rocks.getLongProperty(family, "rocksdb.estimate-num-keys"),
                rocks.getLongProperty(family, "rocksdb.estimate-live-data-size"),
                levels(family));
    }

    Activity activity() throws RocksDBException {
        return new Activity(
                rocks.getLongProperty("rocksdb.num-running-flushes"),
                rocks.getLongProperty("rocksdb.num-running-compactions"),
                blockCache(),
                statistics.getTickerCount(TickerType.FLUSH_WRITE_BYTES),
                statistics.getTickerCount(TickerType.COMPACT_READ_BYTES),
                statistics.getTickerCount(TickerType.COMPACT_WRITE_BYTES),
                statistics.getTickerCount(TickerType.WAL_FILE_BYTES),
                statistics.getTickerCount(TickerType.STALL_MICROS));
    }

    private BlockCache blockCache() throws RocksDBException {
        return new BlockCache(
                rocks.getLongProperty("rocksdb.block-cache-usage"),
                rocks.getLongProperty("rocksdb.block-cache-capacity"),
                statistics.getTickerCount(TickerType.BLOCK_CACHE_HIT),
                statistics.getTickerCount(TickerType.BLOCK_CACHE_MISS));
    }

    private long pendingCompactionBytes(ColumnFamilyHandle family) throws RocksDBException {
        return rocks.getLongProperty(family, "rocksdb.estimate-pending-compaction-bytes");
    }

    private List<Level> levels(ColumnFamilyHandle family) {
        return rocks.getColumnFamilyMetaData(family).levels().stream()
                .map(level -> new Level(level.level(), level.files().size(), level.size()))
                .toList();
    }
}
