package dev.outrigger.example.bench.backup;

import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A host with one table to back up, and a place to bring it back to:
 *
 * <pre>
 *   restored/{restore}/{shard}/…    while it is staged
 *   restored/table/{shard}/…        once it is there
 * </pre>
 */
final class LoadTables implements BackupSource, RestoreTarget {

    private static final TableName NAME = new TableName("load");

    private final LoadSnapshot snapshot;
    private final Path restored;
    private final Path table;

    LoadTables(LoadSnapshot snapshot, Path restored) {
        this.snapshot = snapshot;
        this.restored = restored;
        this.table = restored.resolve("table");
    }

    @Override
    public List<TableName> tables() {
        return List.of(NAME);
    }

    @Override
    public Optional<TableSnapshot> snapshot(TableName name) {
        return name.equals(NAME) ? Optional.of(snapshot) : Optional.empty();
    }

    @Override
    public boolean exists(TableName name) {
        return Files.exists(table);
    }

    @Override
    public long usableBytes() throws IOException {
        return Files.getFileStore(restored).getUsableSpace();
    }

    @Override
    public Path stage(RestoreId restore, TableName name, int shard) throws IOException {
        return Files.createDirectories(place(restore).resolve(Integer.toString(shard)));
    }

    private Path place(RestoreId restore) {
        return restored.resolve(restore.value());
    }

    @Override
    public void commit(StagedTable staged) throws IOException {
        Path place = place(staged.restore());
        if (Files.exists(place)) {
            Files.move(place, table, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public boolean isInPlace(RestoreId restore, TableName name) {
        return Files.exists(table) && !Files.exists(place(restore));
    }

    @Override
    public void drop(RestoreId restore, TableName name) {}

    @Override
    public void abort(RestoreId restore, TableName name) throws IOException {
        Path place = place(restore);
        if (Files.exists(place)) {
            try (Stream<Path> deepestLast = Files.walk(place)) {
                for (Path path : deepestLast.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public Set<Staging> staged() throws IOException {
        Set<Staging> staged = new HashSet<>();
        try (Stream<Path> places = Files.list(restored)) {
            places.filter(place -> !place.equals(table))
                    .map(place -> new RestoreId(place.getFileName().toString()))
                    .forEach(restore -> staged.add(new Staging(restore, NAME)));
        }
        return staged;
    }
}
