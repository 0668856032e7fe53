package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.spi.TableName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a backup consists of. Its presence at the location is what makes a backup; a tombstone in its place is what ends one.
 *
 * @param id of the backup
 * @param timestamp when it was begun, to the millisecond
 * @param product whose data it holds
 * @param token of the writer, by which it knows its own
 * @param status whether it is a backup, or a tombstone
 * @param storage what the store was seen to honour
 * @param location where it was written to
 * @param tables sorted by name
 */
public record Manifest(
        BackupId id,
        Instant timestamp,
        Product product,
        String token,
        ManifestStatus status,
        StoreTraits storage,
        String location,
        List<ManifestTable> tables) {

    /**
     * @throws ArithmeticException if the lengths of its files, or what is in them, cannot be added up
     */
    public Manifest {
        requireNonNull(id, "id");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(product, "product");
        requireNonNull(token, "token");
        requireNonNull(status, "status");
        requireNonNull(storage, "storage");
        requireNonNull(location, "location");
        tables = tables.stream()
                .sorted(Comparator.comparing(ManifestTable::name))
                .toList();
        requireCountable(tables.stream().mapToLong(ManifestTable::rawBytes));
        requireCountable(tables.stream().flatMap(ManifestTable::files).mapToLong(BackupFile::bytes));
    }

    /** Throws where sizes that came from outside add up to more than anybody can count. */
    private static void requireCountable(LongStream sizes) {
        long sum = 0;
        for (PrimitiveIterator.OfLong each = sizes.iterator(); each.hasNext(); ) {
            sum = Math.addExact(sum, each.nextLong());
        }
    }

    /** The same with another status. */
    public Manifest withStatus(ManifestStatus other) {
        return new Manifest(id, timestamp, product, token, other, storage, location, tables);
    }

    /** Returns a table by its name. */
    public Optional<ManifestTable> table(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** All files but the manifest itself. */
    public Stream<BackupFile> files() {
        return tables.stream().flatMap(ManifestTable::files);
    }

    /** How many bytes its files have together. */
    public long sizeBytes() {
        return files().mapToLong(BackupFile::bytes).sum();
    }
}
