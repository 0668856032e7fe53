package dev.outrigger.example.raft.backup;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableSnapshot;
import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.SlotRange;
import dev.outrigger.example.raft.engine.ClusterKeys;
import dev.outrigger.example.raft.engine.ShardCheckpoint;
import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.tables.ClusterTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shards of a table that one node leads, as checkpoints in a directory that is removed at last. */
final class LedShards implements TableSnapshot {

    /** What a table's keys and values are, written and read. */
    private static final String SCHEMA = "{\"key\":\"bytes\",\"value\":\"bytes\"}";

    private static final String NO_INDEXES = "[]";

    private final ClusterTable table;
    private final ClusterKeys keys;
    private final Path directory;
    private final List<ShardCheckpoint> checkpoints;

    LedShards(ClusterTable table, ClusterKeys keys, Path directory, List<ShardCheckpoint> checkpoints) {
        this.table = table;
        this.keys = keys;
        this.directory = directory;
        this.checkpoints = List.copyOf(checkpoints);
    }

    @Override
    public TableDescription description() {
        String text = "the keys of slots " + table.slots().first() + " to "
                + table.slots().last() + " of " + HashSlot.COUNT;
        return new TableDescription(text, SCHEMA, SCHEMA, NO_INDEXES);
    }

    @Override
    public List<ShardSnapshot> shards() {
        return checkpoints.stream()
                .<ShardSnapshot>map(checkpoint -> new Checkpointed(checkpoint, keys.slotsOf(checkpoint.shard())))
                .toList();
    }

    @Override
    public void close() throws IOException {
        Directories.delete(directory);
    }

    /** One shard of it. */
    private record Checkpointed(ShardCheckpoint checkpoint, SlotRange slots) implements ShardSnapshot {

        @Override
        public ShardDescription description() {
            ShardDescription.Range range =
                    new ShardDescription.Range(Integer.toString(slots.first()), Integer.toString(slots.last()));
            return new ShardDescription(checkpoint.shard(), Optional.of(range), checkpoint.index(), checkpoint.term());
        }

        @Override
        public List<ShardFile> files() throws IOException {
            Directories.requireDatabase(checkpoint.directory());
            List<ShardFile> files = new ArrayList<>();
            for (Path file : Directories.list(checkpoint.directory())) {
                String name = String.valueOf(file.getFileName());
                if (Directories.isDatabaseFile(name)) {
                    files.add(ShardFile.of(name, file));
                }
            }
            return files;
        }
    }
}
