package dev.outrigger.backup.restore;

import dev.outrigger.backup.archive.CorruptArchiveException;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.manifest.TableMetadata;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a restore, the first or a further one.
 *
 * <pre>
 *   per table:  staging ──► every shard fetched, verified, on disk ──► staged ──► swapped in by the host ──► live ──► old one dropped
 *                  └──────────────── anything wrong ──────────────► failed: the staging is removed, what was there stays
 * </pre>
 *
 * <p>Each step is written into the plan before the next. An attempt goes on from the shards that are here. Used by one thread, once.
 */
final class RestoreAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreAttempt.class);

    private final RestoreSite site;
    private final ObjectStore store;
    private final JobControl control;
    private final PlanLedger ledger;
    private final Surrender surrender;

    RestoreAttempt(RestoreSite site, ObjectStore store, JobControl control, PlanLedger ledger) {
        this.site = site;
        this.store = store;
        this.control = control;
        this.ledger = ledger;
        this.surrender = new Surrender(site, ledger);
    }

    /**
     * Brings the tables back that are not back yet.
     *
     * @return what became of each, in the order asked
     * @throws JobStoppedException if the job was told to stop. On {@code CANCELED} what was staged is removed, and tables that are live
     *     stay so; on {@code CLOSING} everything stays for the next attempt
     * @throws IOException if the store failed, or the plan could not be written; everything stays for the next attempt
     */
    List<RestoredTable> run() throws IOException {
        try {
            Optional<Manifest> manifest = manifest();
            for (PlannedTable table : stagedFirst()) {
                switch (table.state()) {
                    case STAGING, STAGED -> restore(table, manifest);
                    case LIVE -> drop(table.target()); // The process may have ended between the swap and this.
                    case FAILED -> surrender.abort(table.target()); // Likewise.
                    case SKIPPED -> {}
                }
            }
            return outcome();
        } catch (JobStoppedException e) {
            if (e.reason() == JobStoppedException.Reason.CANCELED) {
                surrender.giveUp("canceled");
            }
            throw e;
        }
    }

    /**
     * Removes what is staged, and settles every table that is not live: nobody will try again.
     *
     * @param why for people
     */
    List<RestoredTable> giveUp(String why) throws IOException {
        surrender.giveUp(why);
        return outcome();
    }

    /** Of a table that is staged the host may know that it is in place: nothing comes before the look at it. */
    private List<PlannedTable> stagedFirst() {
        return ledger.plan().tables().stream()
                .sorted(Comparator.comparing(table -> table.state() != TableState.STAGED))
                .toList();
    }

    private List<RestoredTable> outcome() {
        return ledger.plan().outcome();
    }

    /** Reads the manifest again; empty if it is not the one any more that was planned with. */
    private Optional<Manifest> manifest() throws IOException {
        try {
            return new StoredManifests(store, site.signature())
                    .read(ledger.plan().backup())
                    .filter(found -> found.status().isBackup())
                    .filter(found -> found.token().equals(ledger.plan().token()));
        } catch (BadManifestException e) {
            LOG.warn("Restore {}: {}", ledger.plan().restore(), e.getMessage());
            return Optional.empty();
        }
    }

    private void restore(PlannedTable table, Optional<Manifest> manifest) throws IOException {
        Optional<ManifestTable> source = manifest.flatMap(found -> found.table(table.source()));
        if (source.isEmpty()) {
            withoutBackup(table);
            return;
        }
        try {
            bringBack(table, source.get());
        } catch (JobStoppedException e) {
            throw e;
        } catch (StoreFailedException e) {
            throw e.failure();
        } catch (TableExistsException | BadManifestException | CorruptArchiveException e) {
            LOG.warn("Restore {}: table {} failed", ledger.plan().restore(), table.target(), e);
            fail(table.target(), String.valueOf(e.getMessage()));
        } catch (Exception e) {
            requireUninterrupted(e);
            LOG.warn("Restore {}: table {} failed", ledger.plan().restore(), table.target(), e);
            fail(table.target(), "the table could not be put here; the log has more");
        }
    }

    /** The backup has vanished, maybe after the host has put the table in place and before that was written down. */
    private void withoutBackup(PlannedTable table) throws IOException {
        if (table.state() == TableState.STAGED && isInPlace(table.target())) {
            ledger.step(table.target(), staged -> staged.in(TableState.LIVE));
            drop(table.target());
        } else {
            fail(table.target(), "the backup is not there any more");
        }
    }

    private boolean isInPlace(TableName target) throws IOException {
        try {
            return site.target().isInPlace(ledger.plan().restore(), target);
        } catch (Exception e) {
            requireUninterrupted(e);
            throw new IOException("the host does not tell whether table " + target + " is in place", e);
        }
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

    private void bringBack(PlannedTable table, ManifestTable source) throws Exception {
        TableName target = table.target();
        TableMetadata metadata = metadata(source);
        if (table.state() == TableState.STAGING) {
            stage(table, source);
            control.check(); // For the last time: from here the table goes live, and nothing else.
            ledger.step(target, staging -> staging.in(TableState.STAGED));
        }
        commit(staged(target, metadata));
        ledger.step(target, staged -> staged.in(TableState.LIVE));
        control.log("table " + target + " is live");
        drop(target);
    }

    private TableMetadata metadata(ManifestTable source) throws StoreFailedException, BadManifestException {
        try {
            return new StoredManifests(store, site.signature()).metadata(source);
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    private void stage(PlannedTable table, ManifestTable source) throws Exception {
        TableName target = table.target();
        staging(target)
                .fetch(
                        store,
                        control,
                        source.name(),
                        missing(table, source),
                        shard -> ledger.step(target, planned -> planned.withShard(shard)));
    }

    private TableStaging staging(TableName target) {
        return new TableStaging(site, ledger.plan().restore(), target);
    }

    /** Returns the shards that are to be fetched; those of them that were here are here no more for the plan either. */
    private List<ManifestShard> missing(PlannedTable table, ManifestTable source) throws Exception {
        List<ManifestShard> missing = new ArrayList<>();
        for (ManifestShard shard : source.shards()) {
            if (!isHere(table, shard)) {
                missing.add(shard);
            }
        }
        List<Integer> ids = missing.stream().map(ManifestShard::id).toList();
        if (!Collections.disjoint(table.stagedShards(), ids)) {
            ledger.step(table.target(), planned -> planned.withoutShards(ids));
        }
        return missing;
    }

    private boolean isHere(PlannedTable table, ManifestShard shard) throws Exception {
        return table.stagedShards().contains(shard.id())
                && staging(table.target()).isHere(shard);
    }

    private StagedTable staged(TableName target, TableMetadata metadata) throws Exception {
        return new StagedTable(
                ledger.plan().restore(),
                target,
                ledger.plan().replaces(),
                metadata.description(),
                staging(target).staged(metadata.shards()));
    }

    /** Has a table put in place. Whether a call that failed has done so, only a further call can tell. */
    private void commit(StagedTable staged) throws Exception {
        try {
            site.target().commit(staged);
        } catch (TableExistsException e) {
            throw e;
        } catch (Exception e) {
            requireUninterrupted(e);
            LOG.warn("Restore {}: table {} was not put in place, once more", staged.restore(), staged.table(), e);
            site.target().commit(staged);
        }
    }

    private void drop(TableName target) {
        try {
            site.target().drop(ledger.plan().restore(), target);
        } catch (Exception e) {
            // The table is live all the same. What is left is found at the next start, by what is staged and in no
            // plan.
            LOG.warn("Restore {}: something is left of table {}", ledger.plan().restore(), target, e);
        }
    }

    private void fail(TableName target, String why) throws IOException {
        control.log("table " + target + " failed: " + why);
        surrender.fail(target, why);
    }
}
