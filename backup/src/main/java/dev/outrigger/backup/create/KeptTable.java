package dev.outrigger.backup.create;

import dev.outrigger.backup.archive.Pacing;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.ManifestTable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Looks at every byte of a table that an earlier attempt has finished. Used by one thread. */
final class KeptTable {

    private static final int PIECE = 1 << 18;

    private final ObjectStore store;
    private final JobControl control;
    private final Pacing pacing;

    KeptTable(ObjectStore store, BackupSite site, JobControl control) {
        this.store = store;
        this.pacing = new Pacing(site.throttle(), control::moved, control::check);
        this.control = control;
    }

    /**
     * Tells whether all its files are there as they were written.
     *
     * @param written gets them if so
     */
    boolean isWhole(ManifestTable table, WrittenFiles written) throws IOException {
        List<BackupFile> files = table.files().toList();
        control.phase(
                "verifying table " + table.name(),
                files.stream().mapToLong(BackupFile::bytes).sum(),
                files.size());
        List<StoredObject> found = new ArrayList<>();
        for (BackupFile file : files) {
            Optional<StoredObject> stored = store.stat(file.name());
            if (stored.isEmpty() || stored.get().bytes() != file.bytes() || !hasHash(file)) {
                return false;
            }
            found.add(stored.get());
            control.shardDone();
        }
        found.forEach(written::add);
        return true;
    }

    private boolean hasHash(BackupFile file) throws IOException {
        Optional<InputStream> found = store.read(file.name());
        if (found.isEmpty()) {
            return false;
        }
        try (InputStream in = found.get()) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE];
            for (int n = in.readNBytes(piece, 0, PIECE); n > 0; n = in.readNBytes(piece, 0, PIECE)) {
                pacing.before(n);
                hash.update(piece, 0, n);
                pacing.after(n);
            }
            return HexFormat.of().formatHex(hash.digest()).equals(file.sha256().hex());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
