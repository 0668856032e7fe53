package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestStatus;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes backups.
 *
 * <pre>
 *   manifest ──begin──► tombstone, same files ──finish──► files removed ──► a claim of its writer's removed ──► tombstone removed
 *              one write: no backup any more                                                                     the id is free
 * </pre>
 *
 * <p>After a crash at any point, both may be called again. Of a backup whose manifest is corrupt, the files are those that the manifest
 * names, where it only lacks the right signature; else those whose names end as this backup's do and that nobody else names. In no case
 * is a file removed that another backup, or one that is being written, names; where a neighbour's own manifest or claim is corrupt, files
 * that it may name stay, and so does the tombstone.
 *
 * <p>Used by one thread at a time. Two nodes may delete the same backup at once.
 */
public final class Removal {

    private final ObjectStore store;
    private final StoredManifests manifests;
    private final StoredClaims claims;
    private final Tombstones tombstones;

    /**
     * Prepares to delete.
     *
     * @param store at the location; left open
     */
    public Removal(KeepSite site, ObjectStore store) {
        this.store = requireNonNull(store, "store");
        this.manifests = new StoredManifests(store, site.signature());
        this.claims = new StoredClaims(store, site.signature());
        this.tombstones = new Tombstones(site, store);
    }

    /**
     * Makes a backup none, with one write. Succeeds where that was done before.
     *
     * @throws RefusedException with {@code NOT_FOUND} if there is no such backup
     * @throws IOException if the store fails: whether the backup still is one is not known then
     */
    public void begin(BackupId id) throws IOException, RefusedException {
        try {
            Manifest manifest = manifests.read(id).orElseThrow(() -> notFound(id));
            switch (manifest.status()) {
                case COMPLETED, PARTIAL -> tombstones.replace(manifest.withStatus(ManifestStatus.DELETING));
                case DELETING -> {}
                case ABORTED -> throw notFound(id);
            }
        } catch (BadManifestException e) {
            tombstones.replaceCorrupt(id);
        }
    }

    private static RefusedException notFound(BackupId id) {
        return new RefusedException(Reason.NOT_FOUND, "backup_id: '" + id + "' (expected: a backup that is there)");
    }

    /**
     * Removes what is left of a backup that was begun to be deleted; does nothing where that is nothing, or it is a backup.
     *
     * @return what was removed
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop: what is left stays for the next time
     * @throws IOException if the store fails: the same
     */
    public Collected finish(BackupId id, JobControl control) throws IOException {
        Tally tally = new Tally();
        finish(id, control, new FileRemoval(store, control, tally, false));
        return tally.collected();
    }

    void finish(BackupId id, JobControl control, FileRemoval removal) throws IOException {
        Optional<StoredObject> stored = store.stat(new BackupNames(id).manifest());
        Optional<Manifest> tombstone = stored.isEmpty() ? Optional.empty() : deleting(id);
        if (tombstone.isPresent()) {
            control.phase("removing " + id, tombstone.get().sizeBytes(), 0);
            settle(id, stored.get(), remove(tombstone.get(), stored.get(), removal), removal);
        }
    }

    private Optional<Manifest> deleting(BackupId id) throws IOException {
        try {
            return manifests.read(id).filter(manifest -> manifest.status() == ManifestStatus.DELETING);
        } catch (BadManifestException e) {
            return Optional.empty();
        }
    }

    private FileRemoval.Outcome remove(Manifest tombstone, StoredObject stored, FileRemoval removal)
            throws IOException {
        BackupId id = tombstone.id();
        boolean guessing = tombstone.tables().isEmpty(); // Each backup has tables, but for one of a corrupt manifest.
        List<StoredObject> present = removal.present(
                guessing ? guessed(id) : tombstone.files().map(BackupFile::name).toList());
        Neighbours neighbours = Neighbours.of(id, store);
        Optional<StoredClaim> claim = claims.read(id);
        if (guessing) {
            claim.ifPresent(neighbours::add);
        }
        FileRemoval.Outcome outcome = removal.remove(present, neighbours, stored);
        boolean writersOwn = claim.flatMap(StoredClaim::claim)
                .filter(found -> found.token().equals(tombstone.token()))
                .isPresent();
        if (outcome == FileRemoval.Outcome.DONE && writersOwn) {
            removal.close(claim.get().stored()); // It had committed, and died before it could let go.
        }
        return outcome;
    }

    private List<ObjectName> guessed(BackupId id) throws IOException {
        List<ObjectName> names = new ArrayList<>();
        LocationListing.forEach(
                store,
                object -> DataFile.of(object.name())
                        .filter(file -> file.mayBeOf(id))
                        .ifPresent(file -> names.add(object.name())));
        return names;
    }

    private static void settle(BackupId id, StoredObject tombstone, FileRemoval.Outcome outcome, FileRemoval removal)
            throws IOException {
        switch (outcome) {
            case DONE -> {
                if (removal.close(tombstone)) {
                    removal.tally().deleted(id);
                }
            }
            case LEFT_ALONE -> removal.tally().leftAlone(id);
            case OVERTAKEN -> {}
        }
    }
}
