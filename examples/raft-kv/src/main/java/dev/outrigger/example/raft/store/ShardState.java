package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.StoredKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The keys of one shard, laid out as kv-node does in the default column family. */
public final class ShardState implements ReplicatedState {

    private static final byte[] RESTORE = {ReplicaStore.OWN, 'r', 'e', 's', 't', 'o', 'r', 'e'};
    private static final byte[] FIRST_KEY = {ReplicaStore.DATA};
    private static final byte[] AFTER_KEYS = {ReplicaStore.DATA + 1};
    private static final byte[] NOTHING = {};
    private static final int RESTORES_KEPT = 16;

    private final ReplicaStore store;

    public ShardState(ReplicaStore store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public ReplicaStore store() {
        return store;
    }

    @Override
    public byte[] apply(Position entry, byte[] bytes) throws StagingMissingException, IOException {
        ShardCommand command = decode(entry, bytes);
        if (command instanceof ShardCommand.Install install) {
            return install(entry, install);
        }
        return store.apply(entry, (rocks, batch) -> stage(command, rocks, batch));
    }

    @Override
    public byte[] query(byte[] bytes) throws IOException {
        ShardQuestion question = ShardQuestion.decode(bytes);
        return store.read(rocks -> answer(question, rocks));
    }

    /**
     * Returns the restores that have put their data here, the last {@value #RESTORES_KEPT} of them. The first is the one whose data this is.
     *
     * @throws IOException if the database fails
     */
    public List<RestoreId> installed() throws IOException {
        return store.read(rocks -> Optional.ofNullable(rocks.get(RESTORE)))
                .map(record -> new String(record, US_ASCII))
                .map(ids -> Stream.of(ids.split(",")).map(RestoreId::new).toList())
                .orElse(List.of());
    }

    /**
     * Removes what the restore has staged whose data this is: a snapshot has it now.
     *
     * @throws IOException if that fails
     */
    public void discardInstalled() throws IOException {
        for (RestoreId restore : installed()) {
            Directories.delete(store.home().staging(restore));
        }
    }

    private ShardCommand decode(Position entry, byte[] bytes) {
        try {
            return ShardCommand.decode(bytes);
        } catch (IllegalArgumentException e) {
            store.pass(entry); // each replica passes it alike
            throw e;
        }
    }

    private static byte[] stage(ShardCommand command, RocksDB rocks, WriteBatch batch) throws RocksDBException {
        if (command instanceof ShardCommand.Put put) {
            return put(put, rocks, batch);
        }
        if (command instanceof ShardCommand.Delete delete) {
            return delete(delete, rocks, batch);
        }
        batch.deleteRange(FIRST_KEY, AFTER_KEYS); // the one that is left: Clear
        return NOTHING;
    }

    private static byte[] put(ShardCommand.Put put, RocksDB rocks, WriteBatch batch) throws RocksDBException {
        byte[] stored = stored(put.key());
        boolean holds = holds(put.condition(), rocks, stored);
        if (holds) {
            batch.put(stored, put.value());
        }
        return number(holds ? 1 : 0);
    }

    private static byte[] delete(ShardCommand.Delete delete, RocksDB rocks, WriteBatch batch) throws RocksDBException {
        Set<byte[]> doomed = new TreeSet<>(Arrays::compareUnsigned); // one that is named twice goes once
        delete.keys().forEach(key -> doomed.add(stored(key)));
        int deleted = 0;
        for (byte[] stored : doomed) {
            if (rocks.get(stored) != null) {
                batch.delete(stored);
                deleted++;
            }
        }
        return number(deleted);
    }

    private static boolean holds(SetCondition condition, RocksDB rocks, byte[] stored) throws RocksDBException {
        return switch (condition) {
            case ALWAYS -> true;
            case IF_ABSENT -> rocks.get(stored) == null;
            case IF_PRESENT -> rocks.get(stored) != null;
        };
    }

    private byte[] install(Position entry, ShardCommand.Install install) throws StagingMissingException, IOException {
        RestoreId restore = install.restore();
        List<RestoreId> before = installed();
        if (before.contains(restore)) {
            // Proposed twice; by a member that was away, even after a later restore, which must not be undone.
            return store.apply(entry, (rocks, batch) -> NOTHING);
        }
        Path staged = store.home().staging(restore);
        if (!Files.isDirectory(staged)) {
            throw new StagingMissingException(restore);
        }
        try {
            store.replaceBy(staged, install.from(), entry, (rocks, batch) -> {
                batch.put(RESTORE, record(restore, before));
                return NOTHING;
            });
        } catch (IOException e) {
            throw new StagingMissingException(restore, e);
        }
        return NOTHING;
    }

    private static byte[] record(RestoreId restore, List<RestoreId> before) {
        return Stream.concat(Stream.of(restore), before.stream())
                .limit(RESTORES_KEPT)
                .map(RestoreId::value)
                .collect(Collectors.joining(","))
                .getBytes(US_ASCII);
    }

    private static byte[] answer(ShardQuestion question, RocksDB rocks) throws RocksDBException {
        if (question instanceof ShardQuestion.Get get) {
            byte[] value = rocks.get(stored(get.key()));
            return value == null
                    ? NOTHING
                    : new WireWriter().octet(1).bytes(value).done();
        }
        if (question instanceof ShardQuestion.Count count) {
            return number(count(count, rocks));
        }
        if (question instanceof ShardQuestion.Scan scan) {
            return new ShardScan(scan.count()).page(rocks, scan.position());
        }
        return number(ShardScan.countAll(rocks)); // the one that is left: CountAll
    }

    private static int count(ShardQuestion.Count count, RocksDB rocks) throws RocksDBException {
        int found = 0;
        for (byte[] key : count.keys()) {
            found += rocks.get(stored(key)) == null ? 0 : 1;
        }
        return found;
    }

    private static byte[] stored(byte[] key) {
        return StoredKey.encode(HashSlot.of(key), key);
    }

    private static byte[] number(long value) {
        return new WireWriter().number(value).done();
    }
}
