package dev.outrigger.backup.restore;

import dev.outrigger.backup.archive.ArchiveDestination;
import dev.outrigger.backup.archive.CorruptArchiveException;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.manifest.TableMetadata;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            for (PlannedTable table : ledger.plan().tables()) {
                if (table.state() == TableState.LIVE) {
                    drop(table.target()); // The process ended between the swap and this.
                } else if (!table.state().isSettled()) {
                    restore(table, manifest);
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
            fail(table.target(), "the backup is not there any more");
            return;
        }
        try {
            bringBack(table.target(), source.get());
        } catch (JobStoppedException e) {
            throw e;
        } catch (StoreFailedException e) {
            throw e.getCause();
        } catch (TableExistsException | BadManifestException | CorruptArchiveException e) {
            LOG.warn("Restore {}: table {} failed", ledger.plan().restore(), table.target(), e);
            fail(table.target(), String.valueOf(e.getMessage()));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("Restore {}: table {} failed", ledger.plan().restore(), table.target(), e);
            fail(table.target(), "the table could not be put here; the log has more");
        }
    }

    private void bringBack(TableName target, ManifestTable source) throws Exception {
        TableMetadata metadata = new StoredManifests(store, site.signature()).metadata(source);
        stage(target, source);
        ledger.step(target, table -> table.in(TableState.STAGED));
        control.check();
        site.target().commit(staged(target, source, metadata));
        ledger.step(target, table -> table.in(TableState.LIVE));
        control.log("table " + target + " is live");
        drop(target);
    }

    private void stage(TableName target, ManifestTable source) throws Exception {
        PlannedTable table = ledger.plan().table(target);
        List<ManifestShard> missing = source.shards().stream()
                .filter(shard -> !table.stagedShards().contains(shard.id()))
                .toList();
        control.phase(
                "table " + target,
                missing.stream().mapToLong(ManifestShard::rawBytes).sum(),
                missing.size());
        ShardFetching fetching = new ShardFetching(store, site.throttle(), control);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (ManifestShard shard : missing) {
            work.add(() -> {
                Path place = site.target().stage(ledger.plan().restore(), target, shard.id());
                new StagingPlace(place).clear();
                fetching.fetch(source.name(), shard, ArchiveDestination.directory(place));
                ledger.step(target, planned -> planned.withShard(shard.id()));
                return true;
            });
        }
        new ShardThreads("restore", site.parallelShards()).run(work);
    }

    private StagedTable staged(TableName target, ManifestTable source, TableMetadata metadata) throws Exception {
        RestoreTarget host = site.target();
        List<StagedShard> shards = new ArrayList<>();
        for (ShardDescription shard : metadata.shards()) {
            shards.add(new StagedShard(shard, host.stage(ledger.plan().restore(), target, shard.id())));
        }
        return new StagedTable(
                ledger.plan().restore(), target, ledger.plan().replaces(), metadata.description(), shards);
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
