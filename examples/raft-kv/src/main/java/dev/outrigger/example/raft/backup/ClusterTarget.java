package dev.outrigger.example.raft.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.ShardDoor;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.tables.ClusterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Brings this node's replicas of a table back. What is staged for a shard is put in place by an entry of the shard's log, which its leader
 * proposes once every member has said that it has staged its own; so all replicas exchange their data between the same two writes.
 *
 * <p>The tables of the cluster are always there, empty or not; none comes back under another name. Safe for use by many threads.
 */
public final class ClusterTarget implements RestoreTarget {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Engine engine;
    private final Path data;

    /** @param data the file system on which the replicas are */
    public ClusterTarget(Engine engine, Path data) {
        this.engine = requireNonNull(engine, "engine");
        this.data = requireNonNull(data, "data");
    }

    @Override
    public boolean exists(TableName table) {
        return find(table).isPresent();
    }

    /** What is staged is linked into the database, so it is all the space that a restore takes. */
    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(data).getUsableSpace();
    }

    @Override
    public Path stage(RestoreId restore, TableName table, int shard) throws IOException {
        if (!require(table).shards().contains(shard)) {
            throw new IOException("shard: " + shard + " (expected: one of table " + table + ")");
        }
        Path place = engine.shard(shard).staging(restore);
        if (Files.notExists(place)) {
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return place;
    }

    /**
     * Proposes the exchange for the shards that this node leads, now or as soon as it does, and waits until all its replicas of the table have
     * made it.
     */
    @Override
    public void commit(StagedTable staged) throws TableExistsException, TimeoutException, InterruptedException {
        ClusterTable table = require(staged.table());
        if (wasInstalled(table, staged.restore())) {
            return; // and may have been replaced by a later restore since
        }
        if (!staged.replaces()) {
            throw new TableExistsException(staged.table());
        }
        exchange(
                staged.restore(),
                staged.shards().stream().map(StagedShard::description).toList());
    }

    private void exchange(RestoreId restore, List<ShardDescription> shards)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<ShardDescription> left = new ArrayList<>(shards);
        while (true) {
            left.forEach(shard -> propose(restore, shard));
            left.removeIf(shard -> wasInstalled(engine.shard(shard.id()), restore));
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "shards " + left + " have not been exchanged here (expected: their leaders propose that)");
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private void propose(RestoreId restore, ShardDescription shard) {
        ShardDoor door = engine.shard(shard.id());
        if (door.leads() && !wasInstalled(door, restore)) {
            door.install(restore, new Position(shard.term(), shard.appliedIndex()));
        }
    }

    @Override
    public boolean isInPlace(RestoreId restore, TableName table) {
        return require(table).shards().stream().map(engine::shard).allMatch(door -> isInstalled(door, restore));
    }

    private static boolean isInstalled(ShardDoor door, RestoreId restore) {
        return door.installed().stream().limit(1).anyMatch(restore::equals);
    }

    private boolean wasInstalled(ClusterTable table, RestoreId restore) {
        return table.shards().stream().map(engine::shard).allMatch(door -> wasInstalled(door, restore));
    }

    private static boolean wasInstalled(ShardDoor door, RestoreId restore) {
        return door.installed().contains(restore);
    }

    @Override
    public void drop(RestoreId restore, TableName table) {
        doors(table).stream().filter(door -> wasInstalled(door, restore)).forEach(door -> door.discard(restore));
    }

    @Override
    public void abort(RestoreId restore, TableName table) {
        doors(table).forEach(door -> door.discard(restore));
    }

    @Override
    public Set<Staging> staged() {
        Set<Staging> staged = new HashSet<>();
        for (ClusterTable table : ClusterTable.all(engine.keys())) {
            for (ShardDoor door : doors(table.name())) {
                door.staged().forEach(restore -> staged.add(new Staging(restore, table.name())));
            }
        }
        return staged;
    }

    /** The doors to the shards of a table; none where there is no such table, of which nothing can be staged. */
    private List<ShardDoor> doors(TableName table) {
        return find(table).map(ClusterTable::shards).orElse(List.of()).stream()
                .map(engine::shard)
                .toList();
    }

    private Optional<ClusterTable> find(TableName table) {
        return ClusterTable.find(engine.keys(), table);
    }

    private ClusterTable require(TableName table) {
        return find(table)
                .orElseThrow(
                        () -> new IllegalArgumentException("table: '" + table + "' (expected: one of this cluster)"));
    }
}
