package dev.outrigger.example.kv.store;

import java.util.LinkedHashSet;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What one write changes: a batch that RocksDB applies whole or not at all, and the shards in it. */
final class WriteSet implements AutoCloseable {

    private final WriteBatch batch = new WriteBatch();
    private final Set<Shard> touched = new LinkedHashSet<>();

    void put(Shard shard, byte[] stored, byte[] value) throws RocksDBException {
        batch.put(shard.family(), stored, value);
        touched.add(shard);
    }

    void delete(Shard shard, byte[] stored) throws RocksDBException {
        batch.delete(shard.family(), stored);
        touched.add(shard);
    }

    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** Returns the batch, with the next commit index of each shard in it. */
    WriteBatch seal() throws RocksDBException {
        for (Shard shard : touched) {
            batch.put(shard.family(), StoredKey.COMMIT_INDEX, shard.nextCommitIndex());
        }
        return batch;
    }

    void committed() {
        touched.forEach(Shard::committed);
    }

    @Override
    public void close() {
        batch.close();
    }
}
