package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestStatus;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backup in a list. Of one whose manifest is corrupt, nothing is known but what the store tells of the manifest.
 *
 * @param id of the backup
 * @param manifest what the store tells of it
 * @param timestamp when the backup was begun
 * @param tables that are in it, sorted; not those that failed
 * @param location where it lies, in the canonical form
 * @param product whose data it holds
 * @param token of its writer: another backup under the same id has another
 * @param status what there is to say of it
 * @param sizeBytes how long its files are together
 */
public record BackupEntry(
        BackupId id,
        StoredObject manifest,
        Optional<Instant> timestamp,
        List<TableName> tables,
        String location,
        Optional<Product> product,
        Optional<String> token,
        EntryStatus status,
        OptionalLong sizeBytes) {

    public BackupEntry {
        requireNonNull(id, "id");
        requireNonNull(manifest, "manifest");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(location, "location");
        requireNonNull(product, "product");
        requireNonNull(token, "token");
        requireNonNull(status, "status");
        requireNonNull(sizeBytes, "sizeBytes");
        tables = List.copyOf(tables);
    }

    static BackupEntry of(Manifest manifest, StoredObject stored, String location) {
        return new BackupEntry(
                manifest.id(),
                stored,
                Optional.of(manifest.timestamp()),
                manifest.tables().stream()
                        .filter(table -> table.status() == TableStatus.COMPLETED)
                        .map(ManifestTable::name)
                        .toList(),
                location,
                Optional.of(manifest.product()),
                Optional.of(manifest.token()),
                manifest.status() == ManifestStatus.PARTIAL ? EntryStatus.PARTIAL : EntryStatus.COMPLETED,
                OptionalLong.of(manifest.sizeBytes()));
    }

    static BackupEntry corrupt(BackupId id, StoredObject stored, String location) {
        return new BackupEntry(
                id,
                stored,
                Optional.empty(),
                List.of(),
                location,
                Optional.empty(),
                Optional.empty(),
                EntryStatus.CORRUPT,
                OptionalLong.empty());
    }

    /** The same, known as damaged. */
    BackupEntry damaged() {
        return new BackupEntry(
                id, manifest, timestamp, tables, location, product, token, EntryStatus.DAMAGED, sizeBytes);
    }
}
