package dev.outrigger.example.raft.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.ShardCheckpoint;
import dev.outrigger.example.raft.engine.ShardDoor;
import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.tables.ClusterTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives the shards that this node leads, each as it is at an index that has every write that was acknowledged before: what the node itself
 * thinks of its leadership may be old, so each shard's group is asked first how far it is. Checkpoints are hard links; nothing is copied.
 *
 * <p>Safe for use by many threads.
 */
public final class ClusterSource implements BackupSource {

    private final Engine engine;
    private final Path place;

    /** @param place a directory of its own, on the file system of the shards; what an earlier process has left there is removed */
    public ClusterSource(Engine engine, Path place) throws IOException {
        this.engine = requireNonNull(engine, "engine");
        this.place = requireNonNull(place, "place");
        Directories.delete(place);
    }

    @Override
    public List<TableName> tables() {
        return ClusterTable.all(engine.keys()).stream().map(ClusterTable::name).toList();
    }

    @Override
    public Optional<TableSnapshot> snapshot(TableName table) throws IOException {
        Optional<ClusterTable> found = ClusterTable.find(engine.keys(), table);
        return found.isPresent() ? Optional.of(take(found.get())) : Optional.empty();
    }

    private TableSnapshot take(ClusterTable table) throws IOException {
        Path directory = Files.createDirectories(place.resolve(UUID.randomUUID().toString()));
        try {
            List<ShardCheckpoint> checkpoints = new ArrayList<>();
            for (int shard : table.shards()) {
                ShardDoor door = engine.shard(shard);
                if (door.leads()) {
                    checkpoints.add(verified(door.checkpoint(directory.resolve("shard-" + shard))));
                }
            }
            return new LedShards(table, engine.keys(), directory, checkpoints);
        } catch (IOException | RuntimeException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    /** What is damaged on this node's disk must not become a backup that looks good. */
    private static ShardCheckpoint verified(ShardCheckpoint checkpoint) throws IOException {
        Directories.verifyDatabase(checkpoint.directory());
        return checkpoint;
    }
}
