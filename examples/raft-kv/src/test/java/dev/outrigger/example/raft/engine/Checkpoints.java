package dev.outrigger.example.raft.engine;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.StoredKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Databases of shards that lie somewhere, closed. */
final class Checkpoints {

    private Checkpoints() {}

    static Optional<byte[]> get(Path database, byte[] key) throws IOException {
        try (Options options = new Options();
                RocksDB rocks = RocksDB.openReadOnly(options, database.toString())) {
            return Optional.ofNullable(rocks.get(StoredKey.encode(HashSlot.of(key), key)));
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    /** Makes a database with one key. */
    static void make(Path database, byte[] key, byte[] value) throws IOException {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB rocks = RocksDB.open(options, database.toString())) {
            rocks.put(StoredKey.encode(HashSlot.of(key), key), value);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }
}
