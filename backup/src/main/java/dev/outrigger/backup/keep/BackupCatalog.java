package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The backups at one location, by their manifests. Safe for use by many threads; each call reads a few manifests at once, on threads that
 * end with it.
 *
 * <p>A manifest that cannot be read or believed is listed as corrupt and does not spoil the rest; tombstones are not listed.
 */
public final class BackupCatalog {

    /** How many manifests and tombstones a location may have to be listed. */
    public static final int MAX_MANIFESTS = 10_000;

    /** How many backups are listed at once at most. */
    public static final int MAX_LIMIT = 1_000;

    private static final int READ_AT_ONCE = 4;

    private final ObjectStore store;
    private final String location;
    private final StoredManifests manifests;
    private final CatalogCache cache;
    private final LastFindings findings;

    /**
     * Prepares to list.
     *
     * @param store at the location; left open
     * @param location in the canonical form
     * @param signature which manifests are believed; the same for all who share the cache
     * @param cache of manifests, of any location
     * @param findings by which a backup is listed as damaged
     */
    public BackupCatalog(
            ObjectStore store,
            String location,
            ManifestSignature signature,
            CatalogCache cache,
            LastFindings findings) {
        this.store = requireNonNull(store, "store");
        this.location = requireNonNull(location, "location");
        this.manifests = new StoredManifests(store, signature);
        this.cache = requireNonNull(cache, "cache");
        this.findings = requireNonNull(findings, "findings");
    }

    /**
     * Lists the newest backups.
     *
     * @param limit at most so many, 1 to 1,000
     * @throws RefusedException if the limit is out of range, or there are more manifests than {@link #MAX_MANIFESTS}
     * @throws IOException if the store fails
     */
    public BackupPage list(int limit) throws IOException, RefusedException {
        return page(limit, Optional.empty());
    }

    /**
     * Lists the backups behind a cursor.
     *
     * @param limit at most so many, 1 to 1,000
     * @param cursor as {@link BackupPage#next} had it
     * @throws RefusedException if limit or cursor is malformed, or there are more manifests than {@link #MAX_MANIFESTS}
     * @throws IOException if the store fails
     */
    public BackupPage list(int limit, String cursor) throws IOException, RefusedException {
        try {
            return page(limit, Optional.of(CatalogPosition.parse(cursor)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.MALFORMED, "cursor: not one (expected: as the page before had it)");
        }
    }

    /**
     * Lists all backups, newest first.
     *
     * @throws RefusedException if there are more manifests than {@link #MAX_MANIFESTS}
     * @throws IOException if the store fails
     */
    public List<BackupEntry> all() throws IOException, RefusedException {
        return entries(listed()).stream()
                .map(findings::judged)
                .sorted(Comparator.comparing(CatalogPosition::of))
                .toList();
    }

    /**
     * Returns the manifest of one backup.
     *
     * @throws RefusedException with {@code NOT_FOUND} if there is none, {@code UNUSABLE} if its manifest is not to be believed
     * @throws IOException if the store fails
     */
    public Manifest manifest(BackupId id) throws IOException, RefusedException {
        try {
            return manifests
                    .read(id)
                    .filter(manifest -> manifest.status().isBackup())
                    .orElseThrow(() -> new RefusedException(
                            Reason.NOT_FOUND, "backup_id: '" + id + "' (expected: a backup that is there)"));
        } catch (BadManifestException e) {
            throw new RefusedException(Reason.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private BackupPage page(int limit, Optional<CatalogPosition> after) throws IOException, RefusedException {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RefusedException(Reason.MALFORMED, "limit: " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
        }
        List<BackupEntry> behind = all().stream()
                .filter(entry -> after.isEmpty() || CatalogPosition.of(entry).compareTo(after.get()) > 0)
                .toList();
        List<BackupEntry> page = behind.stream().limit(limit).toList();
        return new BackupPage(
                page,
                page.size() < behind.size()
                        ? Optional.of(
                                CatalogPosition.of(page.get(page.size() - 1)).cursor())
                        : Optional.empty());
    }

    private List<StoredObject> listed() throws IOException, RefusedException {
        List<StoredObject> found = new ArrayList<>();
        LocationListing.forEach(store, object -> {
            if (found.size() <= MAX_MANIFESTS
                    && BackupNames.ofManifest(object.name()).isPresent()) {
                found.add(object);
            }
        });
        if (found.size() > MAX_MANIFESTS) {
            throw new RefusedException(
                    Reason.UNUSABLE,
                    "location: more than " + MAX_MANIFESTS + " manifests and tombstones (expected: fewer)");
        }
        return found;
    }

    private List<BackupEntry> entries(List<StoredObject> stored) throws IOException {
        List<BackupEntry> entries = new ArrayList<>();
        List<Callable<Reading>> work = new ArrayList<>();
        for (StoredObject manifest : stored) {
            cache.find(location, manifest)
                    .ifPresentOrElse(known -> known.ifPresent(entries::add), () -> work.add(() -> read(manifest)));
        }
        List<Reading> readings = KeepThreads.run("list", READ_AT_ONCE, work);
        throwIfNothingCouldBeRead(readings);
        readings.forEach(reading -> reading.entry().ifPresent(entries::add));
        return entries;
    }

    /** What came of reading a manifest: an entry, or none of a tombstone; and how the store failed, where it did. */
    private record Reading(Optional<BackupEntry> entry, Optional<IOException> failure) {}

    private Reading read(StoredObject stored) throws IOException {
        BackupId id = BackupNames.ofManifest(stored.name()).orElseThrow();
        try {
            Optional<BackupEntry> entry = believed(id, stored);
            cache.remember(location, stored, entry);
            return new Reading(entry, Optional.empty());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return new Reading(Optional.of(BackupEntry.corrupt(id, stored, location)), Optional.of(e));
        }
    }

    private Optional<BackupEntry> believed(BackupId id, StoredObject stored) throws IOException {
        try {
            return manifests
                    .read(id)
                    .filter(manifest -> manifest.status().isBackup())
                    .map(manifest -> BackupEntry.of(manifest, stored, location));
        } catch (BadManifestException e) {
            return Optional.of(BackupEntry.corrupt(id, stored, location));
        }
    }

    /** One manifest that cannot be read is that backup's trouble; if none can, it is the store's. */
    private static void throwIfNothingCouldBeRead(List<Reading> readings) throws IOException {
        List<IOException> failures = readings.stream()
                .map(Reading::failure)
                .flatMap(Optional::stream)
                .toList();
        if (!failures.isEmpty() && failures.size() == readings.size()) {
            throw failures.get(0);
        }
    }
}
