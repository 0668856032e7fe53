package dev.outrigger.backup.create;

import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.ClaimCodec;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.StoredManifests;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member from writing for a coordinator that does not want it any more. What a member writes is named by the coordinator's claim,
 * so it looks at that right before it puts an archive there, and once more right afterwards: a writer that was held up for long, and woke
 * up when the backup was committed or given up, takes away again what nobody would ever look for. Safe for use by many threads.
 */
final class ClaimFence {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimFence.class);

    private final ObjectStore store;
    private final ManifestSignature signature;
    private final ShardOrder order;
    private final BackupNames names;

    ClaimFence(ObjectStore store, ManifestSignature signature, ShardOrder order) {
        this.store = store;
        this.signature = signature;
        this.order = order;
        this.names = new BackupNames(order.backup());
    }

    /**
     * Looks whether the claim still stands, is in the hands of the run that has ordered, and names a file.
     *
     * @throws BackupConflictException if not
     */
    void require(ObjectName file) throws StoreFailedException, BackupConflictException {
        require(List.of(file));
    }

    /**
     * The same for several files at once.
     *
     * @throws BackupConflictException if one of them is not named by the claim
     */
    void require(List<ObjectName> files) throws StoreFailedException, BackupConflictException {
        try {
            if (!stands(files)) {
                throw new BackupConflictException("backup_id: '" + order.backup() + "', table: '" + order.table()
                        + "' (expected: one that is being written, by who asks for it)");
            }
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    /**
     * Looks once more, and takes the file away where nothing names it any more.
     *
     * @throws BackupConflictException if the claim does not stand
     */
    void requireStill(StoredObject written) throws StoreFailedException, BackupConflictException {
        try {
            require(written.name());
        } catch (BackupConflictException e) {
            removeOrphan(written);
            throw e;
        }
    }

    private boolean stands(List<ObjectName> files) throws IOException {
        return claim().filter(found -> found.token().equals(order.token())
                        && found.bootId().equals(order.run())
                        && found.files(names).collect(Collectors.toSet()).containsAll(files))
                .isPresent();
    }

    private Optional<Claim> claim() throws IOException {
        Optional<InputStream> found = store.read(names.claim());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(new ClaimCodec(signature).decode(in.readNBytes(ClaimCodec.MAX_BYTES + 1), names));
        } catch (BadManifestException e) {
            return Optional.empty(); // Not its writer's, whoever's it is.
        }
    }

    private void removeOrphan(StoredObject written) throws StoreFailedException {
        try {
            boolean named = claim().isPresent() || isInBackup(written.name());
            if (!named && store.stat(written.name()).equals(Optional.of(written))) {
                LOG.info("Backup {} does not want {} any more, which is removed", order.backup(), written.name());
                store.delete(written.name());
            }
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    private boolean isInBackup(ObjectName file) throws IOException {
        try {
            return new StoredManifests(store, signature)
                    .read(order.backup())
                    .map(Manifest::files)
                    .filter(files -> files.map(BackupFile::name).anyMatch(file::equals))
                    .isPresent();
        } catch (BadManifestException e) {
            return true; // It may be, and then is not to be touched.
        }
    }
}
