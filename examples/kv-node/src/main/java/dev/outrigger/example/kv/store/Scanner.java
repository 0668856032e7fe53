package dev.outrigger.example.kv.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Collects one page of a scan: a run of keys in the order of their positions, over as many shards as it takes. */
final class Scanner {

    private static final long PAGE_BYTES = 1L << 20;

    private final RocksDB rocks;
    private final int wanted;
    private final List<byte[]> keys = new ArrayList<>();
    private long bytes;
    private long last = -1;

    Scanner(RocksDB rocks, int wanted) {
        this.rocks = rocks;
        this.wanted = wanted;
    }

    /**
     * Walks shards, ascending by slot, from a position on.
     *
     * <p>Keys that share a position are never parted, since the cursor could not say where: a page may be that much longer.
     */
    ScanPage from(long position, List<Shard> shards) throws RocksDBException {
        int first = StoredKey.slotOf(position);
        for (Shard shard : shards) {
            long next = shard.range().last() < first ? -1 : walk(shard, position);
            if (next >= 0) {
                return new ScanPage(keys, new ScanCursor(next));
            }
        }
        return new ScanPage(keys, ScanCursor.START);
    }

    /** Returns the position of the first key that did not fit any more, or -1 at the end of the shard. */
    private long walk(Shard shard, long position) throws RocksDBException {
        shard.requireAvailable(); // leaving it out would look as if its keys were gone
        try (RocksIterator records = rocks.newIterator(shard.family())) {
            for (records.seek(StoredKey.seekTo(position)); records.isValid(); records.next()) {
                byte[] stored = records.key();
                long here = StoredKey.positionOf(stored);
                if (isFull() && here != last) {
                    return here;
                }
                take(here, StoredKey.decode(stored));
            }
            records.status();
            return -1;
        }
    }

    private boolean isFull() {
        return keys.size() >= wanted || bytes >= PAGE_BYTES;
    }

    private void take(long position, byte[] key) {
        keys.add(key);
        bytes += key.length;
        last = position;
    }
}
