package dev.outrigger.example.kv.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;

/**
 * RocksDB's options, sized for a process that shares a laptop: 17 column families with RocksDB's defaults could take 2 GiB of
 * write buffers. Owns native memory until closed.
 */
final class RocksSettings implements AutoCloseable {

    private static final long BLOCK_CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final long ALL_WRITE_BUFFERS_BYTES = 96L << 20;
    private static final long LOG_FILE_BYTES = 4L << 20;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Cache cache = new LRUCache(BLOCK_CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(BLOOM_BITS_PER_KEY);
    private final Statistics statistics = new Statistics();
    private final ColumnFamilyOptions family = new ColumnFamilyOptions();
    private final DBOptions database = new DBOptions();

    RocksSettings() {
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        family.setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        database.setCreateIfMissing(true)
                .setDbWriteBufferSize(ALL_WRITE_BUFFERS_BYTES)
                .setMaxBackgroundJobs(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setMaxLogFileSize(LOG_FILE_BYTES)
                .setKeepLogFileNum(3)
                .setStatistics(statistics);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family() {
        return family;
    }

    Statistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        statistics.close();
        filter.close();
        cache.close();
    }
}
