package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The files of those backups that could give a file the same name as a certain other: few, if any.
 *
 * <p>A writer looks for a name before it claims it, and claims it before it writes. So a file that was there before this was read, and
 * that nobody is found to name, is nobody else's. Whoever reads first the claim of a backup and then its manifest misses no commit.
 */
final class Neighbours {

    /** Whose a file is. */
    enum Owner {
        /** Nobody else's. */
        NONE,
        /** A backup's, or one's that is being written. */
        NEIGHBOUR,
        /** Perhaps one's whose manifest or claim is not to be believed. */
        UNKNOWN
    }

    private final Set<ObjectName> named = new HashSet<>();
    private final List<BackupId> unreadable = new ArrayList<>();

    private Neighbours() {}

    /** None at all. */
    static Neighbours none() {
        return new Neighbours();
    }

    /** Reads the manifests and claims of all that could share a name with a backup; its own are passed over. */
    static Neighbours of(BackupId id, ObjectStore store) throws IOException {
        Neighbours neighbours = new Neighbours();
        // To be believed enough not to be destroyed takes no signature.
        StoredClaims claims = new StoredClaims(store, ManifestSignature.NONE);
        StoredManifests manifests = new StoredManifests(store, ManifestSignature.NONE);
        for (BackupId other : ids(store, other -> DataFile.mayShare(id, other))) {
            claims.read(other).ifPresent(neighbours::add);
            neighbours.addManifest(other, manifests);
        }
        return neighbours;
    }

    /** Adds what a claim names. */
    void add(StoredClaim claim) {
        claim.files().forEach(named::add);
        if (claim.claim().isEmpty()) {
            unreadable.add(claim.id());
        }
    }

    Owner ownerOf(ObjectName file) {
        if (named.contains(file)) {
            return Owner.NEIGHBOUR;
        }
        Optional<DataFile> data = DataFile.of(file);
        return data.isPresent() && unreadable.stream().anyMatch(data.get()::mayBeOf) ? Owner.UNKNOWN : Owner.NONE;
    }

    private static Set<BackupId> ids(ObjectStore store, Predicate<BackupId> which) throws IOException {
        Set<BackupId> ids = new TreeSet<>();
        LocationListing.forEach(store, object -> {
            BackupNames.ofClaim(object.name()).filter(which).ifPresent(ids::add);
            BackupNames.ofManifest(object.name()).filter(which).ifPresent(ids::add);
        });
        return ids;
    }

    private void addManifest(BackupId id, StoredManifests manifests) throws IOException {
        try {
            manifests.read(id).filter(manifest -> manifest.status().isBackup()).stream()
                    .flatMap(manifest -> manifest.files().map(BackupFile::name))
                    .forEach(named::add);
        } catch (BadManifestException e) {
            unreadable.add(id);
        }
    }
}
