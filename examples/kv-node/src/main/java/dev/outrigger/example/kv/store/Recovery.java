package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LevelMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileMetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the shards of an open database into service, one after another: creates the column family where it is missing, reads
 * its commit index, reads the first block of each of its files against its checksum (which also brings their indexes into
 * memory), and sees that no key of another shard is in it. A shard that fails this is listed as unavailable and the others
 * serve.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final byte[] FORMAT_KEY = "format".getBytes(UTF_8);
    private static final byte[] FORMAT = "1".getBytes(UTF_8);
    private static final String DEFAULT_FAMILY = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);

    private final Database database;
    private final List<SlotRange> ranges = SlotRange.ofSingleNode();

    Recovery(Database database) {
        this.database = database;
    }

    /** Returns how many steps there are, the opening of the database itself included. */
    static int steps() {
        return SlotRange.OPEN + 1;
    }

    /** Hands out each shard when it is ready. */
    void run(RecoveryListener listener, Consumer<Shard> recovered) throws RocksDBException {
        checkFormat();
        checkFamilies();
        int done = 1;
        for (SlotRange range : ranges) {
            listener.progress(done, steps(), "verifying " + range.columnFamily());
            recovered.accept(recover(range));
            done++;
        }
        listener.progress(done, steps(), "recovered");
    }

    private void checkFormat() throws RocksDBException {
        byte[] found = database.rocks().get(FORMAT_KEY);
        if (found == null) {
            database.rocks().put(FORMAT_KEY, FORMAT);
        } else if (!Arrays.equals(found, FORMAT)) {
            throw new StoreException(
                    Reason.UNUSABLE, "the data is of format " + new String(found, UTF_8) + " (expected: 1)");
        }
    }

    private void checkFamilies() {
        Set<String> unknown = new HashSet<>(database.familyNames());
        unknown.remove(DEFAULT_FAMILY);
        ranges.forEach(range -> unknown.remove(range.columnFamily()));
        if (!unknown.isEmpty()) {
            throw new StoreException(Reason.UNUSABLE, "the data has column families of another version: " + unknown);
        }
    }

    private Shard recover(SlotRange range) throws RocksDBException {
        ColumnFamilyHandle family = database.family(range.columnFamily());
        try {
            long commitIndex = commitIndex(family);
            verify(range, family, commitIndex);
            return new Shard(range, family, commitIndex);
        } catch (RocksDBException | IllegalStateException e) {
            LOG.error("Shard {} is unavailable: it could not be verified", range.first(), e);
            Shard shard = new Shard(range, family, 0);
            shard.worsen(ShardHealth.UNAVAILABLE);
            return shard;
        }
    }

    private long commitIndex(ColumnFamilyHandle family) throws RocksDBException {
        byte[] found = database.rocks().get(family, StoredKey.COMMIT_INDEX);
        if (found == null) {
            return 0;
        }
        if (found.length != Long.BYTES) {
            throw new IllegalStateException("commit index of " + found.length + " bytes (expected: 8)");
        }
        return ByteBuffer.wrap(found).getLong();
    }

    private void verify(SlotRange range, ColumnFamilyHandle family, long commitIndex) throws RocksDBException {
        try (RocksIterator records = database.rocks().newIterator(family)) {
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
        for (LevelMetaData level :
                database.rocks().getColumnFamilyMetaData(family).levels()) {
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
