package dev.outrigger.backup.create;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectExistsException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoreFullException;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.ClaimCodec;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestStatus;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at writing a backup, the first or a further one.
 *
 * <pre>
 *   manifest there? ──► claim ──► per table: snapshot ──► shards ──► metadata ──► look at all again ──► manifest ──► claim removed
 *        │ ours                       │ fails: the table is removed, the others go on                      │ one conditional write
 *        └──────────────────────────────────────────────────────────────────────────► done                └ the commit
 * </pre>
 *
 * <p>The process may end after any step: without a manifest there is no backup, and the claim names whatever is there. An attempt that
 * finds its own claim keeps the tables that are whole, after a look at every byte, and writes the others anew: they have to come out of
 * one snapshot.
 *
 * <p>Used by one thread, once.
 */
public final class BackupAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(BackupAttempt.class);

    private final BackupSite site;
    private final BackupOrder order;
    private final ObjectStore store;
    private final StoreTraits traits;
    private final String jobId;
    private final JobControl control;
    private final BackupNames names;
    private final CommitPoint commitPoint;
    private final WrittenFiles written = new WrittenFiles();
    private final Optional<? extends ShardMembers> members;

    /** Names this attempt's hold on the claim: the process, or, since others write under the claim too, the attempt. */
    private final String run;

    /**
     * Prepares an attempt at a backup of this node alone.
     *
     * @param store at the order's location; left open
     * @param traits of the store, as they were seen
     * @param jobId of the job that makes it
     */
    public BackupAttempt(
            BackupSite site,
            BackupOrder order,
            ObjectStore store,
            StoreTraits traits,
            String jobId,
            JobControl control) {
        this(site, Optional.empty(), order, store, traits, jobId, control);
    }

    /**
     * Prepares an attempt.
     *
     * @param members of the cluster whose tables are backed up; empty where the node is on its own
     * @param store at the order's location; left open
     * @param traits of the store, as they were seen
     * @param jobId of the job that makes it
     */
    public BackupAttempt(
            BackupSite site,
            Optional<? extends ShardMembers> members,
            BackupOrder order,
            ObjectStore store,
            StoreTraits traits,
            String jobId,
            JobControl control) {
        this.site = site;
        this.members = members;
        this.run = members.isPresent() ? UUID.randomUUID().toString() : site.bootId();
        this.order = order;
        this.store = store;
        this.traits = traits;
        this.jobId = jobId;
        this.control = control;
        this.names = new BackupNames(order.id());
        this.commitPoint = new CommitPoint(store, names, site.signature());
    }

    /**
     * Makes the backup.
     *
     * @return what became of it: committed, or, where no table made it, gone without a trace
     * @throws BackupConflictException if id or names are taken; what was written here is removed
     * @throws JobStoppedException if the job was told to stop. On {@code CANCELED} what was written is removed, on {@code CLOSING} it
     *     stays for the next attempt
     * @throws IOException if the store failed, the thread was interrupted, or the host could not list its tables; what was written
     *     stays for the next attempt
     * @throws IllegalStateException if no manifest can tell of so many shards; what was written is removed
     */
    public BackupOutcome run() throws IOException, BackupConflictException {
        Optional<Manifest> there = commitPoint.read();
        if (there.isPresent()) {
            return settled(there.get());
        }
        HeldClaim claim = claim();
        Optional<Manifest> meanwhile = commitPoint.read();
        if (meanwhile.isPresent()) {
            return settled(meanwhile.get()); // Committed between our first look and our claim, and released already.
        }
        Leftovers leftovers = leftovers(claim);
        try {
            return underClaim(claim, leftovers);
        } catch (BackupConflictException e) {
            leftovers.abandonOwn();
            throw e;
        } catch (JobStoppedException e) {
            if (e.reason() == JobStoppedException.Reason.CANCELED) {
                leftovers.abandon();
            }
            throw e;
        }
    }

    /** Removes whatever attempts at this backup have left, where nothing was committed: nobody will try again. */
    public void giveUp() throws IOException {
        try {
            Optional<Manifest> there = commitPoint.read();
            if (there.isPresent()) {
                settled(there.get());
            } else {
                leftovers(claim()).abandon();
            }
        } catch (BackupConflictException e) {
            LOG.debug("Nothing of backup {} is left here", order.id(), e);
        }
    }

    private HeldClaim claim() throws IOException, BackupConflictException {
        Claim fresh = Claim.of(order.token(), site.nodeId(), run, jobId, order.orderedAt());
        return HeldClaim.take(store, names, new ClaimCodec(site.signature()), fresh);
    }

    private Leftovers leftovers(HeldClaim claim) {
        return new Leftovers(store, claim, new Namesakes(store, order.id(), order.token()), written);
    }

    /** Nothing is left to do but to let go of what an earlier attempt may still claim. */
    private BackupOutcome settled(Manifest manifest) throws IOException, BackupConflictException {
        Optional<HeldClaim> left = HeldClaim.left(store, names, new ClaimCodec(site.signature()), order.token());
        if (left.isPresent()) {
            left.get().removeUnfinished();
        }
        if (!manifest.token().equals(order.token()) || !manifest.status().isBackup()) {
            if (left.isPresent()) {
                leftovers(left.get()).abandon();
            }
            throw new BackupConflictException(
                    "backup_id: '" + order.id() + "' (expected: one that is not there; it is " + taken(manifest) + ")");
        }
        if (left.isPresent()) {
            left.get().release();
        }
        return new BackupOutcome(order.id(), inOrder(manifest.tables()), manifest.sizeBytes());
    }

    private static String taken(Manifest manifest) {
        return switch (manifest.status()) {
            case COMPLETED, PARTIAL -> "a backup of " + manifest.timestamp();
            case DELETING -> "being deleted";
            case ABORTED -> "a backup that was given up, whose id is not used again";
        };
    }

    private BackupOutcome underClaim(HeldClaim claim, Leftovers leftovers) throws IOException, BackupConflictException {
        List<TableName> requested = requested();
        Map<TableName, ManifestTable> kept = kept(requested, claim, leftovers);
        List<ManifestTable> tables = new ArrayList<>();
        for (TableName table : requested) {
            control.check();
            tables.add(kept.containsKey(table) ? kept.get(table) : table(table, claim, leftovers));
        }
        BackupOutcome failed = new BackupOutcome(order.id(), tables, 0);
        if (failed.status().equals("failed")) {
            leftovers.abandon();
            return failed;
        }
        written.requireUntouched(store);
        control.check();
        return committed(manifest(tables), claim, leftovers);
    }

    private List<TableName> requested() throws IOException {
        if (!order.tables().isEmpty()) {
            return order.tables().stream().distinct().toList();
        }
        try {
            List<TableName> all =
                    members.isPresent() ? members.get().tables() : site.source().tables();
            return all.stream().sorted().distinct().toList();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the tables cannot be listed", e);
        }
    }

    /** Settles what an earlier attempt has left: what is whole and still wanted stays, everything else is removed. */
    private Map<TableName, ManifestTable> kept(List<TableName> requested, HeldClaim claim, Leftovers leftovers)
            throws IOException {
        KeptTable look = new KeptTable(store, site, control);
        Map<TableName, ManifestTable> kept = new HashMap<>();
        for (TableName table : claim.tables()) {
            control.check();
            Optional<ManifestTable> finished = claim.finished(table).filter(found -> requested.contains(table));
            if (finished.isPresent() && look.isWhole(finished.get(), written)) {
                kept.put(table, finished.get());
            } else {
                leftovers.discard(table);
            }
        }
        return kept;
    }

    private ManifestTable table(TableName table, HeldClaim claim, Leftovers leftovers)
            throws IOException, BackupConflictException {
        TableWriting writing = new TableWriting(site, names, store, claim, written, control, order.orderedAt());
        try {
            return members.isPresent()
                    ? new SpreadTable(members.get(), order, run, writing, store, leftovers, written, control)
                            .write(table)
                    : alone(table, writing);
        } catch (JobStoppedException | BackupConflictException e) {
            throw e;
        } catch (StoreFailedException e) {
            return storeFailed(table, leftovers, e);
        } catch (Exception e) {
            return failed(table, leftovers, e);
        }
    }

    private ManifestTable alone(TableName table, TableWriting writing) throws Exception {
        try (OptionalSnapshot snapshot = OptionalSnapshot.of(site.source(), table)) {
            Optional<TableSnapshot> taken = snapshot.taken();
            return taken.isPresent()
                    ? writing.write(table, taken.get())
                    : ManifestTable.failed(table, "there is no such table");
        }
    }

    private ManifestTable storeFailed(TableName table, Leftovers leftovers, StoreFailedException e)
            throws IOException, BackupConflictException {
        if (e.failure() instanceof ObjectExistsException exists) {
            throw new BackupConflictException(String.valueOf(exists.getMessage()));
        }
        if (e.failure() instanceof StoreFullException) {
            return failed(table, leftovers, e.failure());
        }
        throw e.failure();
    }

    private ManifestTable failed(TableName table, Leftovers leftovers, Exception e) throws IOException {
        requireUninterrupted(e);
        LOG.warn("Backup {}: table {} failed", order.id(), table, e);
        control.log("table " + table + " failed: " + FailureText.of(e));
        leftovers.discard(table);
        return ManifestTable.failed(table, FailureText.of(e));
    }

    /** An interrupt says nothing about a table: the attempt ends, and the next goes on. */
    private static void requireUninterrupted(Exception e) throws InterruptedIOException {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private Manifest manifest(List<ManifestTable> tables) {
        boolean all = tables.stream().allMatch(table -> table.status() == TableStatus.COMPLETED);
        return new Manifest(
                order.id(),
                order.orderedAt(),
                site.product(),
                order.token(),
                all ? ManifestStatus.COMPLETED : ManifestStatus.PARTIAL,
                traits,
                order.location(),
                tables);
    }

    private BackupOutcome committed(Manifest manifest, HeldClaim claim, Leftovers leftovers)
            throws IOException, BackupConflictException {
        byte[] document;
        try {
            document = commitPoint.document(manifest);
        } catch (BadManifestException e) {
            leftovers.abandon();
            throw new IllegalStateException(e.getMessage(), e);
        }
        commitPoint.commit(manifest, document);
        control.log("committed");
        claim.release();
        return new BackupOutcome(order.id(), inOrder(manifest.tables()), manifest.sizeBytes());
    }

    /** The tables in the order asked; a manifest has them by name. */
    private List<ManifestTable> inOrder(List<ManifestTable> tables) {
        if (order.tables().isEmpty()) {
            return tables;
        }
        return order.tables().stream()
                .distinct()
                .flatMap(name -> tables.stream().filter(table -> table.name().equals(name)))
                .toList();
    }
}
