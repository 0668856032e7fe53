package dev.outrigger.example.kv.store;

import java.nio.ByteBuffer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LevelMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileMetaData;

/**
 * Makes a shard of a column family, once it has seen that it is one: its commit index is there, the first block of each of its files
 * agrees with its checksum (which also brings their indexes into memory), and no key of another shard is in it.
 */
final class ShardVerifier {

    private final RocksDB rocks;

    ShardVerifier(RocksDB rocks) {
        this.rocks = rocks;
    }

    /**
     * Verifies a column family.
     *
     * @throws RocksDBException if it cannot be read
     * @throws IllegalStateException if it holds what it should not
     */
    Shard verify(SlotRange range, ColumnFamilyHandle family) throws RocksDBException {
        long commitIndex = commitIndex(family);
        verify(range, family, commitIndex);
        return new Shard(range, family, commitIndex);
    }

    private long commitIndex(ColumnFamilyHandle family) throws RocksDBException {
        byte[] found = rocks.get(family, StoredKey.COMMIT_INDEX);
        if (found == null) {
            return 0;
        }
        if (found.length != Long.BYTES) {
            throw new IllegalStateException("commit index of " + found.length + " bytes (expected: 8)");
        }
        return ByteBuffer.wrap(found).getLong();
    }

    private void verify(SlotRange range, ColumnFamilyHandle family, long commitIndex) throws RocksDBException {
        try (RocksIterator records = rocks.newIterator(family)) {
            readEachFile(family, records);
            records.seek(StoredKey.seekTo(0));
            records.status();
            if (records.isValid() && commitIndex == 0) {
                throw new IllegalStateException("holds data but no commit index");
            }
            verifyOwner(range, records);
            records.seekToLast();
            records.status();
            verifyOwner(range, records);
        }
    }

    private void readEachFile(ColumnFamilyHandle family, RocksIterator records) throws RocksDBException {
        for (LevelMetaData level : rocks.getColumnFamilyMetaData(family).levels()) {
            for (SstFileMetaData file : level.files()) {
                records.seek(file.smallestKey());
                records.status();
            }
        }
    }

    private static void verifyOwner(SlotRange range, RocksIterator records) {
        if (!records.isValid() || !StoredKey.isData(records.key())) {
            return;
        }
        int slot = StoredKey.slotOf(StoredKey.positionOf(records.key()));
        if (!range.contains(slot)) {
            throw new IllegalStateException("holds a key of slot " + slot + " (expected: " + range + ")");
        }
    }
}
