package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One table in a manifest.
 *
 * @param name of the table
 * @param error why it failed, for people; there where and only where it did
 * @param metadata its description; there where and only where it is in the backup
 * @param shards ascending by id
 */
public record ManifestTable(
        TableName name, Optional<String> error, Optional<BackupFile> metadata, List<ManifestShard> shards) {

    /**
     * @throws IllegalArgumentException if it is neither whole nor failed, or the shards are out of order
     */
    public ManifestTable {
        requireNonNull(name, "name");
        requireNonNull(error, "error");
        requireNonNull(metadata, "metadata");
        shards = List.copyOf(shards);
        if (error.isPresent() == metadata.isPresent() || (error.isPresent() && !shards.isEmpty())) {
            throw new IllegalArgumentException("table " + name + ": neither whole nor failed");
        }
        for (int i = 1; i < shards.size(); i++) {
            if (shards.get(i - 1).id() >= shards.get(i).id()) {
                throw new IllegalArgumentException("table " + name + ": shards out of order (expected: ascending ids)");
            }
        }
    }

    /** A table that is in the backup. */
    public static ManifestTable completed(TableName name, BackupFile metadata, List<ManifestShard> shards) {
        return new ManifestTable(name, Optional.empty(), Optional.of(metadata), shards);
    }

    /** A table that is not. */
    public static ManifestTable failed(TableName name, String error) {
        return new ManifestTable(name, Optional.of(error), Optional.empty(), List.of());
    }

    /** Tells what became of it. */
    public TableStatus status() {
        return error.isPresent() ? TableStatus.FAILED : TableStatus.COMPLETED;
    }

    /** All its files. */
    public Stream<BackupFile> files() {
        return Stream.concat(metadata.stream(), shards.stream().map(ManifestShard::file));
    }

    /**
     * How many bytes its shards have, uncompressed.
     *
     * @throws ArithmeticException if they cannot be added up
     */
    public long rawBytes() {
        return shards.stream().mapToLong(ManifestShard::rawBytes).reduce(0, Math::addExact);
    }
}
