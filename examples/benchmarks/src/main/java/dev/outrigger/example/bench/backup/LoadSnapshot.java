package dev.outrigger.example.bench.backup;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The one table of a load, which nobody changes.
 *
 * @param data its files
 * @param root where they lie; empty if they lie nowhere
 */
record LoadSnapshot(DataSet data, Optional<Path> root) implements TableSnapshot {

    @Override
    public TableDescription description() {
        return TableDescription.NONE;
    }

    @Override
    public List<ShardSnapshot> shards() {
        return IntStream.range(0, data.shards())
                .<ShardSnapshot>mapToObj(Shard::new)
                .toList();
    }

    @Override
    public void close() {}

    private final class Shard implements ShardSnapshot {

        private final int id;

        Shard(int id) {
            this.id = id;
        }

        @Override
        public ShardDescription description() {
            return ShardDescription.of(id);
        }

        @Override
        public List<ShardFile> files() throws IOException {
            return root.isPresent() ? data.stored(id, root.get()) : data.synthetic(id);
        }
    }
}
