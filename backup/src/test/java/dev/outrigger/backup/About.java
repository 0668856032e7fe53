package dev.outrigger.backup;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a generation of {@link TestTables} keeps about its table and shards. */
final class About {

    private About() {}

    static void write(Path generation, TableDescription description) throws IOException {
        Path about = generation.resolve("about");
        TestFiles.write(about.resolve("description"), description.description());
        TestFiles.write(about.resolve("schema"), description.schema());
        TestFiles.write(about.resolve("read_schema"), description.readSchema());
        TestFiles.write(about.resolve("indexes"), description.indexes());
    }

    static void write(Path generation, ShardDescription shard) throws IOException {
        String range =
                shard.range().map(keys -> keys.start() + "\n" + keys.end()).orElse("\n");
        TestFiles.write(
                generation.resolve("about").resolve("shard-" + shard.id()),
                range + "\n" + shard.appliedIndex() + "\n" + shard.term());
    }

    static TableDescription description(Path generation) throws IOException {
        Path about = generation.resolve("about");
        return new TableDescription(
                Files.readString(about.resolve("description")),
                Files.readString(about.resolve("schema")),
                Files.readString(about.resolve("read_schema")),
                Files.readString(about.resolve("indexes")));
    }

    static ShardDescription shard(Path generation, int id) throws IOException {
        Path about = generation.resolve("about").resolve("shard-" + id);
        if (!Files.exists(about)) {
            return ShardDescription.of(id);
        }
        String[] lines = Files.readString(about).split("\n", -1);
        Optional<ShardDescription.Range> range = lines[0].isEmpty() && lines[1].isEmpty()
                ? Optional.empty()
                : Optional.of(new ShardDescription.Range(lines[0], lines[1]));
        return new ShardDescription(id, range, Long.parseLong(lines[2]), Long.parseLong(lines[3]));
    }
}
