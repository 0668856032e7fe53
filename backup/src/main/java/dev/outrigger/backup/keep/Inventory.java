package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What lies at a location when a collection begins, and what of it nobody has named so far. Holds the name of each file; an archive is
 * seldom so small that this matters. Used by one thread.
 */
final class Inventory {

    private final StoredManifests manifests;
    private final Set<BackupId> ids = new TreeSet<>();
    private final List<BackupId> unclaimed = new ArrayList<>();
    private final Set<ObjectName> unnamed = new HashSet<>();

    private Inventory(StoredManifests manifests) {
        this.manifests = manifests;
    }

    static Inventory of(ObjectStore store, ManifestSignature signature) throws IOException {
        Inventory inventory = new Inventory(new StoredManifests(store, signature));
        LocationListing.forEach(store, inventory::add);
        return inventory;
    }

    private void add(StoredObject object) {
        BackupNames.ofManifest(object.name()).ifPresent(ids::add);
        BackupNames.ofClaim(object.name()).ifPresent(ids::add);
        DataFile.of(object.name()).ifPresent(file -> unnamed.add(object.name()));
    }

    /** The backups of which there is a manifest, a tombstone or a claim. */
    Set<BackupId> ids() {
        return ids;
    }

    /** Strikes off what a backup names; where it cannot be read, what it may name. The claim was read before this is called. */
    void strike(BackupId id, Optional<StoredClaim> claim) throws IOException {
        claim.ifPresent(found -> found.files().forEach(unnamed::remove));
        Optional<Manifest> manifest = Optional.empty();
        boolean readable = claim.isEmpty() || claim.get().claim().isPresent();
        try {
            manifest = manifests.read(id);
        } catch (BadManifestException e) {
            readable = false;
        }
        manifest.ifPresent(found -> found.files().map(BackupFile::name).forEach(unnamed::remove));
        if (!readable) {
            unnamed.removeIf(
                    name -> DataFile.of(name).filter(file -> file.mayBeOf(id)).isPresent());
        }
    }

    /** Notes that nobody is writing a backup. */
    void unclaimed(BackupId id) {
        unclaimed.add(id);
    }

    /** The backups that nobody is writing. */
    List<BackupId> unclaimed() {
        return unclaimed;
    }

    /** How many files nobody has named. */
    long orphans() {
        return unnamed.size();
    }
}
