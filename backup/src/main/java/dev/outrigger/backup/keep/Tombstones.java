package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectExistsException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestStatus;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes what ends a backup, or prevents one, under its manifest's name. Used by one thread at a time. */
final class Tombstones {

    private final KeepSite site;
    private final ObjectStore store;
    private final ManifestCodec codec;

    Tombstones(KeepSite site, ObjectStore store) {
        this.site = site;
        this.store = store;
        this.codec = new ManifestCodec(site.signature());
    }

    /** What stands under a manifest's name, once it was tried to put an {@code aborted} there. */
    enum Standing {
        /** The backup was committed; it may have been deleted since. */
        COMMITTED,
        /** There is none, and there will be none. */
        ABORTED,
        /** Something that is not to be believed. */
        UNKNOWN
    }

    /** Puts a tombstone in place of a manifest. */
    void replace(Manifest tombstone) throws IOException {
        store.replace(new BackupNames(tombstone.id()).manifest(), codec.encode(tombstone));
    }

    /**
     * Puts a tombstone in place of a manifest that is not to be believed: with its list of files where only its signature is wrong, since
     * even then it can name no other backup's; else with none. What was a tombstone before is signed again.
     */
    void replaceCorrupt(BackupId id) throws IOException {
        Optional<Manifest> unsigned = unsigned(id);
        boolean aborted = unsigned.filter(manifest -> manifest.status() == ManifestStatus.ABORTED)
                .isPresent();
        replace(unsigned.map(manifest -> aborted ? manifest : manifest.withStatus(ManifestStatus.DELETING))
                .orElseGet(() -> empty(id, ManifestStatus.DELETING)));
    }

    /** Tries to prevent a commit, with one conditional write. */
    Standing abort(BackupId id) throws IOException {
        try {
            Manifest tombstone = empty(id, ManifestStatus.ABORTED);
            store.putIfAbsent(new BackupNames(id).manifest(), codec.encode(tombstone));
            return Standing.ABORTED;
        } catch (ObjectExistsException e) {
            return standing(id).orElse(Standing.UNKNOWN); // Removed since: the next time will tell.
        }
    }

    /** Tells what stands under a manifest's name now; empty where nothing does. */
    Optional<Standing> standing(BackupId id) throws IOException {
        try {
            return new StoredManifests(store, site.signature()).read(id).map(found -> switch (found.status()) {
                case COMPLETED, PARTIAL, DELETING -> Standing.COMMITTED;
                case ABORTED -> Standing.ABORTED;
            });
        } catch (BadManifestException e) {
            return Optional.of(Standing.UNKNOWN);
        }
    }

    private Optional<Manifest> unsigned(BackupId id) throws IOException {
        try {
            return new StoredManifests(store, ManifestSignature.NONE).read(id);
        } catch (BadManifestException e) {
            return Optional.empty();
        }
    }

    /** A tombstone with a token that no writer has, so that none takes it for its own. */
    private Manifest empty(BackupId id, ManifestStatus status) {
        return new Manifest(
                id,
                site.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                site.product(),
                UUID.randomUUID().toString(),
                status,
                new StoreTraits(false, false),
                "",
                List.of());
    }
}
