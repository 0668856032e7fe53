package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.ClaimCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The claims at one location. */
final class StoredClaims {

    private final ObjectStore store;
    private final ClaimCodec codec;

    StoredClaims(ObjectStore store, ManifestSignature signature) {
        this.store = store;
        this.codec = new ClaimCodec(signature);
    }

    /** Reads the claim on an id, if there is one. */
    Optional<StoredClaim> read(BackupId id) throws IOException {
        BackupNames names = new BackupNames(id);
        Optional<StoredObject> stored = store.stat(names.claim());
        Optional<InputStream> found = stored.isEmpty() ? Optional.empty() : store.read(names.claim());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            byte[] document = in.readNBytes(ClaimCodec.MAX_BYTES + 1);
            return Optional.of(new StoredClaim(id, stored.get(), believed(document, names)));
        }
    }

    /** Tells whether a claim is still there as it was found. */
    boolean stands(StoredClaim claim) throws IOException {
        return store.stat(claim.stored().name()).equals(Optional.of(claim.stored()));
    }

    private Optional<Claim> believed(byte[] document, BackupNames names) {
        try {
            return Optional.of(codec.decode(document, names));
        } catch (BadManifestException e) {
            return Optional.empty();
        }
    }
}
