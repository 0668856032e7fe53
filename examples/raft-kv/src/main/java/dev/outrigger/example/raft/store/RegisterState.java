package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Registers: values under names, each with the version it was written at, which is the index of that entry in the log. So a version never
 * comes again.
 */
public final class RegisterState implements ReplicatedState {

    private final ReplicaStore store;

    public RegisterState(ReplicaStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * A register as it is stored.
     *
     * @param key its name
     * @param version the index of the entry that wrote it
     * @param value what was written
     */
    public record Entry(String key, long version, byte[] value) {

        public Entry {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
        }
    }

    @Override
    public ReplicaStore store() {
        return store;
    }

    @Override
    public byte[] apply(Position entry, byte[] bytes) throws IOException {
        RegisterCommand command = decode(entry, bytes);
        return store.apply(entry, (rocks, batch) -> {
            if (command instanceof RegisterCommand.CompareAndSet set) {
                return number(compareAndSet(entry.index(), set, rocks, batch));
            }
            return number(remove(((RegisterCommand.Remove) command).key(), rocks, batch));
        });
    }

    /** {@inheritDoc} The question is the beginning of the names that are wanted. */
    @Override
    public byte[] query(byte[] prefix) throws IOException {
        WireWriter out = new WireWriter();
        list(new String(prefix, UTF_8))
                .forEach(entry -> out.text(entry.key()).number(entry.version()).bytes(entry.value()));
        return out.done();
    }

    /** Reads what {@link #query} answered. */
    public static List<Entry> entries(byte[] answer) {
        WireReader in = new WireReader(answer);
        List<Entry> entries = new ArrayList<>();
        while (in.hasMore()) {
            String key = in.text();
            long version = in.number();
            entries.add(new Entry(key, version, in.bytes()));
        }
        return entries;
    }

    /**
     * Returns the registers whose names begin so, by name, as they are on this replica.
     *
     * @throws IOException if the database fails
     */
    public List<Entry> list(String prefix) throws IOException {
        return store.read(rocks -> {
            List<Entry> entries = new ArrayList<>();
            try (RocksIterator records = rocks.newIterator()) {
                for (records.seek(stored(prefix)); records.isValid(); records.next()) {
                    String key = name(records.key());
                    if (!key.startsWith(prefix)) {
                        break;
                    }
                    entries.add(entry(key, records.value()));
                }
                records.status();
            }
            return entries;
        });
    }

    private RegisterCommand decode(Position entry, byte[] bytes) {
        try {
            return RegisterCommand.decode(bytes);
        } catch (IllegalArgumentException e) {
            store.pass(entry); // each replica passes it alike
            throw e;
        }
    }

    private static long compareAndSet(long index, RegisterCommand.CompareAndSet set, RocksDB rocks, WriteBatch batch)
            throws RocksDBException {
        byte[] record = rocks.get(stored(set.key()));
        long version = record == null ? 0 : ByteBuffer.wrap(record).getLong();
        if (version != set.expectedVersion()) {
            return 0;
        }
        byte[] next = ByteBuffer.allocate(Long.BYTES + set.value().length)
                .putLong(index)
                .put(set.value())
                .array();
        batch.put(stored(set.key()), next);
        return index;
    }

    private static long remove(String key, RocksDB rocks, WriteBatch batch) throws RocksDBException {
        byte[] stored = stored(key);
        boolean there = rocks.get(stored) != null;
        if (there) {
            batch.delete(stored);
        }
        return there ? 1 : 0;
    }

    private static Entry entry(String key, byte[] record) {
        ByteBuffer from = ByteBuffer.wrap(record);
        long version = from.getLong();
        byte[] value = new byte[from.remaining()];
        from.get(value);
        return new Entry(key, version, value);
    }

    private static byte[] stored(String key) {
        byte[] name = key.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + name.length)
                .put(ReplicaStore.DATA)
                .put(name)
                .array();
    }

    private static String name(byte[] stored) {
        return new String(stored, 1, stored.length - 1, UTF_8);
    }

    private static byte[] number(long value) {
        return new WireWriter().number(value).done();
    }
}
