package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.ArchiveDestination;
import dev.outrigger.backup.archive.CorruptArchiveException;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.restore.ShardFetching;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Looks at every byte of a backup, as a restore would: every file there, as long as it should be, with its hash; every archive readable
 * to its end, with nothing in it that should not be.
 *
 * <p>Damage is a finding, never an exception. Changes nothing. Used by one thread; archives are read by several.
 */
public final class Verification {

    private final KeepSite site;
    private final ObjectStore store;
    private final JobControl control;
    private final StoredManifests manifests;
    private final ShardFetching fetching;

    /**
     * Prepares a verification.
     *
     * @param store at the backup's location; left open
     */
    public Verification(KeepSite site, ObjectStore store, JobControl control) {
        this.site = requireNonNull(site, "site");
        this.store = requireNonNull(store, "store");
        this.control = requireNonNull(control, "control");
        this.manifests = new StoredManifests(store, site.signature());
        this.fetching = new ShardFetching(store, site.throttle(), control);
    }

    /**
     * Verifies one backup.
     *
     * @throws RefusedException with {@code NOT_FOUND} if there is none, or it was deleted meanwhile
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop
     * @throws IOException if the store fails: nothing is known then
     */
    public VerificationResult run(BackupId id) throws IOException, RefusedException {
        try {
            Manifest manifest = backup(id).orElseThrow(() -> notFound(id));
            List<FileFinding> findings = verify(manifest);
            if (!findings.isEmpty() && !backup(id).equals(Optional.of(manifest))) {
                throw notFound(id); // What is missing was removed on purpose.
            }
            return VerificationResult.of(
                    id, manifest.token(), (int) manifest.files().count(), findings);
        } catch (BadManifestException e) {
            return VerificationResult.ofCorruptManifest(id, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Manifest> backup(BackupId id) throws IOException, BadManifestException {
        return manifests.read(id).filter(manifest -> manifest.status().isBackup());
    }

    private static RefusedException notFound(BackupId id) {
        return new RefusedException(Reason.NOT_FOUND, "backup_id: '" + id + "' (expected: a backup that is there)");
    }

    private List<FileFinding> verify(Manifest manifest) throws IOException {
        control.phase(
                "verifying " + manifest.id(),
                manifest.tables().stream().mapToLong(ManifestTable::rawBytes).sum(),
                manifest.tables().stream()
                        .mapToInt(table -> table.shards().size())
                        .sum());
        List<Callable<Optional<FileFinding>>> work = new ArrayList<>();
        for (ManifestTable table : manifest.tables()) {
            table.metadata().ifPresent(file -> work.add(() -> metadata(table, file)));
            table.shards().forEach(shard -> work.add(() -> shard(table.name(), shard)));
        }
        return KeepThreads.run("verify", site.parallelShards(), work).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<FileFinding> metadata(ManifestTable table, BackupFile file) throws IOException {
        control.check();
        try {
            manifests.metadata(table);
            return Optional.empty();
        } catch (BadManifestException e) {
            return Optional.of(damage(file.name(), e));
        }
    }

    private Optional<FileFinding> shard(TableName table, ManifestShard shard) throws IOException, InterruptedException {
        control.check();
        Optional<FileFinding> damage = wrongSize(shard.file());
        if (damage.isPresent()) {
            control.shardDone();
            return damage;
        }
        try {
            fetching.fetch(table, shard, ArchiveDestination.nowhere());
            return Optional.empty();
        } catch (BadManifestException | CorruptArchiveException e) {
            control.shardDone();
            return Optional.of(damage(shard.file().name(), e));
        }
    }

    private Optional<FileFinding> wrongSize(BackupFile file) throws IOException {
        Optional<StoredObject> found = store.stat(file.name());
        if (found.isEmpty()) {
            return Optional.of(FileFinding.missing(file.name()));
        }
        long bytes = found.get().bytes();
        return bytes == file.bytes()
                ? Optional.empty()
                : Optional.of(FileFinding.corrupt(
                        file.name(),
                        "file: " + file.name() + " has " + bytes + " bytes (expected: " + file.bytes() + ")"));
    }

    private FileFinding damage(ObjectName file, Exception e) throws IOException {
        return store.stat(file).isEmpty()
                ? FileFinding.missing(file)
                : FileFinding.corrupt(file, String.valueOf(e.getMessage()));
    }
}
