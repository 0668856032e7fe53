package dev.outrigger.backup.create;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.ClaimCodec;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The backups beside one whose files may be called like its own: table {@code t} of {@code a-b} and table {@code t-a} of {@code b} have.
 * What a claim names is not this backup's to remove where one of these has it. Used by one thread.
 *
 * <p>Whoever writes a file has named it in a claim before, and keeps the claim until a manifest names it: who finds a file, and then
 * looks here, finds its owner.
 */
final class Namesakes {

    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final BackupId own;
    private final String token;
    private final StoredManifests manifests;
    private final ClaimCodec claims = new ClaimCodec(ManifestSignature.NONE);

    /** @param token of this backup's writer: what is under its own id with another is another's */
    Namesakes(ObjectStore store, BackupId own, String token) {
        this.store = store;
        this.own = own;
        this.token = token;
        // To be believed enough not to be destroyed takes no signature.
        this.manifests = new StoredManifests(store, ManifestSignature.NONE);
    }

    /** Returns those of some names that another backup has, or may have. */
    Set<ObjectName> among(List<ObjectName> names) throws IOException {
        Set<ObjectName> theirs = new HashSet<>();
        String after = "";
        List<StoredObject> page;
        do {
            page = store.list("", after, PAGE);
            for (StoredObject object : page) {
                after = object.name().value();
                addTheirs(object.name(), names, theirs);
            }
        } while (page.size() == PAGE);
        return theirs;
    }

    private void addTheirs(ObjectName document, List<ObjectName> names, Set<ObjectName> theirs) throws IOException {
        Optional<BackupId> manifest = BackupNames.ofManifest(document).filter(this::isAlike);
        Optional<BackupId> claim = BackupNames.ofClaim(document).filter(id -> isAlike(id) && !id.equals(own));
        try {
            if (manifest.isPresent()) {
                addFiles(manifest.get(), theirs);
            } else if (claim.isPresent()) {
                addClaimed(document, new BackupNames(claim.get()), theirs);
            }
        } catch (BadManifestException e) {
            BackupId id = manifest.or(() -> claim).orElseThrow();
            names.stream().filter(name -> mayBe(name, id)).forEach(theirs::add);
        }
    }

    private boolean isAlike(BackupId other) {
        return other.equals(own)
                || other.value().endsWith("-" + own)
                || own.value().endsWith("-" + other);
    }

    private void addFiles(BackupId id, Set<ObjectName> theirs) throws IOException, BadManifestException {
        Optional<Manifest> manifest = manifests
                .read(id)
                .filter(found -> !(id.equals(own) && found.token().equals(token)));
        manifest.stream().flatMap(Manifest::files).map(BackupFile::name).forEach(theirs::add);
    }

    private void addClaimed(ObjectName document, BackupNames others, Set<ObjectName> theirs)
            throws IOException, BadManifestException {
        Optional<InputStream> found = store.read(document);
        if (found.isPresent()) {
            try (InputStream in = found.get()) {
                Claim claim = claims.decode(in.readNBytes(ClaimCodec.MAX_BYTES + 1), others);
                claim.files(others).forEach(theirs::add);
            }
        }
    }

    private static boolean mayBe(ObjectName name, BackupId id) {
        return name.value().endsWith("-" + id + ".tar.zst") || name.value().endsWith("-" + id + "-metadata.json");
    }
}
