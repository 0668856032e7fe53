package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A snapshot that lies in a directory: below it one database for each shard, in which nothing is written any more.
 *
 * <p>The files of a shard are that database, so that RocksDB's own manifest says what the table files are, and an archive that was
 * unpacked by hand can be read with RocksDB's tools: {@code ldb --db=DIRECTORY --column_family=shard scan}.
 */
final class StoredSnapshot implements TableSnapshot {

    /** What a table's keys and values are, written and read. */
    private static final String SCHEMA = "{\"key\":\"bytes\",\"value\":\"bytes\"}";

    private static final String NO_INDEXES = "[]";

    private final Path place;
    private final SlotRange slots;
    private final List<ShardDescription> shards;

    StoredSnapshot(Path place, SlotRange slots, List<ShardDescription> shards) {
        this.place = place;
        this.slots = slots;
        this.shards = List.copyOf(shards);
    }

    /** Returns where the database of a shard lies within the directory. */
    static Path directory(Path place, int shard) {
        return place.resolve("shard-" + shard);
    }

    @Override
    public TableDescription description() {
        String text = "the keys of slots " + slots.first() + " to " + slots.last() + " of " + HashSlot.COUNT;
        return new TableDescription(text, SCHEMA, SCHEMA, NO_INDEXES);
    }

    @Override
    public List<ShardSnapshot> shards() {
        return shards.stream().<ShardSnapshot>map(StoredShard::new).toList();
    }

    @Override
    public void close() throws IOException {
        FileTree.delete(place);
    }

    /** One shard of it. */
    private final class StoredShard implements ShardSnapshot {

        private final ShardDescription description;

        StoredShard(ShardDescription description) {
            this.description = description;
        }

        @Override
        public ShardDescription description() {
            return description;
        }

        @Override
        public List<ShardFile> files() throws IOException {
            List<ShardFile> files = new ArrayList<>();
            try (Stream<Path> found = Files.list(directory(place, description.id()))) {
                for (Path file : found.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (isData(name)) {
                        files.add(ShardFile.of(name, file));
                    }
                }
            }
            return files;
        }

        /** The rest of a database, such as its lock, its id and what it has to say, is made anew wherever it is opened. */
        private static boolean isData(String name) {
            return name.endsWith(".sst") || name.startsWith("MANIFEST-") || name.equals("CURRENT");
        }
    }
}
