package dev.outrigger.backup.create;

import dev.outrigger.backup.location.ObjectExistsException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.util.Optional;

/** The manifest's name: whoever puts something there first has the say. Used by one thread. */
final class CommitPoint {

    private final ObjectStore store;
    private final BackupNames names;
    private final StoredManifests manifests;
    private final ManifestCodec codec;

    CommitPoint(ObjectStore store, BackupNames names, ManifestSignature signature) {
        this.store = store;
        this.names = names;
        this.manifests = new StoredManifests(store, signature);
        this.codec = new ManifestCodec(signature);
    }

    /**
     * Returns what is there.
     *
     * @throws BackupConflictException if it is there and not to be believed, so that it is certainly not this writer's
     */
    Optional<Manifest> read() throws IOException, BackupConflictException {
        try {
            return manifests.read(names.id());
        } catch (BadManifestException e) {
            throw new BackupConflictException(
                    "backup_id: '" + names.id() + "' (expected: one that is not there): " + e.getMessage());
        }
    }

    /**
     * Returns the document of a manifest, which is certain to be read again.
     *
     * @throws BadManifestException if it would not be: it is too large, or the host has given what no manifest can have
     */
    byte[] document(Manifest manifest) throws BadManifestException {
        byte[] document = codec.encode(manifest);
        codec.decode(document, names.id());
        return document;
    }

    /**
     * Commits, with one conditional write. A reply that was lost is settled by a look at what is there now.
     *
     * @param document of the manifest
     * @throws BackupConflictException if somebody else was first
     * @throws IOException if it is not known whether this is committed: a further attempt finds out
     */
    void commit(Manifest manifest, byte[] document) throws IOException, BackupConflictException {
        try {
            store.putIfAbsent(names.manifest(), document);
        } catch (ObjectExistsException e) {
            if (!isThere(manifest)) {
                throw new BackupConflictException(
                        "backup_id: '" + names.id() + "' (expected: one that nobody else commits, or gives up)");
            }
        } catch (IOException e) {
            if (!isThere(manifest)) {
                throw e;
            }
        }
    }

    private boolean isThere(Manifest manifest) throws IOException {
        try {
            return manifests
                    .read(names.id())
                    .filter(found -> found.token().equals(manifest.token()) && found.status() == manifest.status())
                    .isPresent();
        } catch (BadManifestException e) {
            // It may be this writer's all the same, and then its files are a backup's.
            throw new IOException("the manifest that is there cannot be read, so it is not known whose it is", e);
        }
    }
}
