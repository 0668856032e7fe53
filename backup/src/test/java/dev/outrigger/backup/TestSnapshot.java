package dev.outrigger.backup;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Hard links of a generation of {@link TestTables}, removed when it is closed. */
final class TestSnapshot implements TableSnapshot {

    private final Path links;
    private final Steps steps;

    TestSnapshot(Path links, Steps steps) {
        this.links = links;
        this.steps = steps;
    }

    @Override
    public TableDescription description() {
        try {
            return About.description(links);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<ShardSnapshot> shards() {
        try {
            List<ShardSnapshot> shards = new ArrayList<>();
            for (Path directory : TestFiles.list(links.resolve("shards"))) {
                int id = Integer.parseInt(directory.getFileName().toString());
                shards.add(new Shard(About.shard(links, id), directory, steps));
            }
            return shards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        steps.doing("close snapshot", () -> TestFiles.remove(links));
    }

    private record Shard(ShardDescription description, Path directory, Steps steps) implements ShardSnapshot {

        @Override
        public List<ShardFile> files() throws IOException {
            return steps.taking("list files", () -> {
                List<ShardFile> files = new ArrayList<>();
                try (Stream<Path> found = Files.walk(directory)) {
                    for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                        files.add(ShardFile.of(directory.relativize(file).toString(), file));
                    }
                }
                return files;
            });
        }
    }
}
