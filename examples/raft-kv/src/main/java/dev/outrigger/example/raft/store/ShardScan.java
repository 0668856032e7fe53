package dev.outrigger.example.raft.store;

import dev.outrigger.example.kv.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Collects one page of a shard's keys, in the order of their positions. */
final class ShardScan {

    private static final long PAGE_BYTES = 1L << 20;
    private static final long END = -1;

    private final int wanted;
    private final List<byte[]> keys = new ArrayList<>();
    private long bytes;
    private long last = -1;

    ShardScan(int wanted) {
        this.wanted = wanted;
    }

    /** Counts all keys, by looking at each. */
    static long countAll(RocksDB rocks) throws RocksDBException {
        try (RocksIterator records = rocks.newIterator()) {
            long count = 0;
            for (records.seek(StoredKey.seekTo(0)); isKey(records); records.next()) {
                count++;
            }
            records.status();
            return count;
        }
    }

    /**
     * Returns where to go on, and the keys. Keys that share a position are never parted, since the position could not say where: a page may
     * be that much longer.
     */
    byte[] page(RocksDB rocks, long position) throws RocksDBException {
        long next = walk(rocks, position);
        WireWriter out = new WireWriter().number(next);
        keys.forEach(out::bytes);
        return out.done();
    }

    private long walk(RocksDB rocks, long position) throws RocksDBException {
        try (RocksIterator records = rocks.newIterator()) {
            for (records.seek(StoredKey.seekTo(position)); isKey(records); records.next()) {
                long here = StoredKey.positionOf(records.key());
                if (isFull() && here != last) {
                    return here;
                }
                byte[] key = StoredKey.decode(records.key());
                keys.add(key);
                bytes += key.length;
                last = here;
            }
            records.status();
            return END;
        }
    }

    private static boolean isKey(RocksIterator records) {
        return records.isValid() && StoredKey.isData(records.key());
    }

    private boolean isFull() {
        return keys.size() >= wanted || bytes >= PAGE_BYTES;
    }
}
