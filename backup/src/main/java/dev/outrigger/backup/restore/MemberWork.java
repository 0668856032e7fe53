package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.CorruptArchiveException;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
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
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one member of a cluster does for a table of a restore. Each call may follow one that was cut off anywhere, and looks at the plan
 * itself: whoever asks for it may have seen one that has changed since. What is thrown out of a call is to be tried again; what will not
 * pass by itself fails the table, for all members, as long as it is not live. Safe for use by many threads, for one table by one at a
 * time.
 *
 * <p>What the plan says is staged may go live at any moment, on any member's word; so nobody touches it while the plan says so.
 */
final class MemberWork {

    private static final Logger LOG = LoggerFactory.getLogger(MemberWork.class);

    private final RestoreSite site;
    private final NodeAddress self;
    private final SharedPlans plans;
    private final Stores stores;

    /** What backups said of tables that were staged here, so that they can be put in place even if the location is away by then. */
    private final Map<WorkBench.Place, TableMetadata> known = new ConcurrentHashMap<>();

    MemberWork(RestoreSite site, NodeAddress self, SharedPlans plans, Stores stores) {
        this.site = requireNonNull(site, "site");
        this.self = requireNonNull(self, "self");
        this.plans = requireNonNull(plans, "plans");
        this.stores = requireNonNull(stores, "stores");
    }

    /** Opens the store at a location that is allowed here; the caller closes it. */
    @FunctionalInterface
    interface Stores {

        ObjectStore open(String location) throws IOException, RefusedException;
    }

    private static WorkBench.Place place(SharedPlan plan, SharedTable table) {
        return new WorkBench.Place(plan.restore(), table.target());
    }

    /**
     * Fetches and verifies shards, and writes down that they are here. Does nothing for a table that is settled.
     *
     * @param mine those of which this member has a replica
     */
    void stage(WorkBench.Place place, Set<Integer> mine, JobControl control) throws Exception {
        Optional<SharedPlan> plan = plans.read(place.restore());
        Optional<SharedTable> table = plan.flatMap(now -> now.table(place.table()));
        if (table.isPresent() && !table.get().state().isSettled()) {
            stage(plan.orElseThrow(), table.get(), mine, control);
        }
    }

    private void stage(SharedPlan plan, SharedTable table, Set<Integer> mine, JobControl control) throws Exception {
        try {
            stageOrFail(plan, table, mine, control);
        } catch (JobStoppedException e) {
            throw e;
        } catch (StoreFailedException e) {
            throw e.failure();
        } catch (RefusedException | TableExistsException | BadManifestException | CorruptArchiveException e) {
            fail(plan, table, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException | InterruptedIOException e) {
            throw e;
        } catch (Exception e) {
            fail(plan, table, "the table could not be put here; the log has more", e);
        }
    }

    private void fail(SharedPlan plan, SharedTable table, String why, Exception e) throws IOException {
        LOG.warn("Restore {}: table {} fails", plan.restore(), table.target(), e);
        plans.change(
                plan.restore(),
                now -> now.with(table.target(), open -> open.failed("member " + self.value() + ": " + why)));
    }

    private void stageOrFail(SharedPlan plan, SharedTable table, Set<Integer> mine, JobControl control)
            throws Exception {
        requireNotInTheWay(plan, table);
        try (ObjectStore store = open(plan)) {
            ManifestTable source = source(plan, table, store);
            TableMetadata metadata = metadata(source, store);
            List<ManifestShard> missing = missing(plan, table, mine, source);
            if (!withdraw(plan, table, missing)) {
                return;
            }
            fetch(plan, table, missing, source, store, control);
            known.put(place(plan, table), metadata);
        }
        requireNotInTheWay(plan, table); // For the last time: from here it may go live.
        control.check();
        record(plan, table, mine);
    }

    private void record(SharedPlan plan, SharedTable table, Set<Integer> mine) throws StoreFailedException {
        try {
            plans.change(plan.restore(), now -> now.with(table.target(), open -> open.staged(self, mine)));
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    /** Takes back what is recorded and not here; tells whether the table is still to be staged. */
    private boolean withdraw(SharedPlan plan, SharedTable table, List<ManifestShard> missing)
            throws StoreFailedException {
        Set<Integer> lost = missing.stream().map(ManifestShard::id).collect(Collectors.toSet());
        if (Collections.disjoint(lost, table.part(self).staged())) {
            return true;
        }
        try {
            return plans.change(plan.restore(), now -> now.with(table.target(), open -> open.withdrawn(self, lost)))
                    .flatMap(now -> now.table(table.target()))
                    .filter(now -> !now.state().isSettled())
                    .isPresent();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    private ObjectStore open(SharedPlan plan) throws StoreFailedException, RefusedException {
        try {
            return stores.open(plan.location());
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    private void requireNotInTheWay(SharedPlan plan, SharedTable table) throws Exception {
        RestoreTarget host = site.target();
        if (!plan.replaces() && host.exists(table.target()) && !isInPlace(plan, table)) {
            throw new TableExistsException(table.target());
        }
    }

    private ManifestTable source(SharedPlan plan, SharedTable table, ObjectStore store)
            throws StoreFailedException, BadManifestException {
        try {
            return new StoredManifests(store, site.signature())
                    .read(plan.backup())
                    .filter(found -> found.status().isBackup())
                    .filter(found -> found.token().equals(plan.token()))
                    .flatMap((Manifest found) -> found.table(table.source()))
                    .orElseThrow(() -> new BadManifestException("the backup is not there any more"));
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    private TableMetadata metadata(ManifestTable source, ObjectStore store)
            throws StoreFailedException, BadManifestException {
        try {
            return new StoredManifests(store, site.signature()).metadata(source);
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    /** Returns the shards that are to be here and are not, or not by the plan's word. */
    private List<ManifestShard> missing(SharedPlan plan, SharedTable table, Set<Integer> mine, ManifestTable source)
            throws Exception {
        TableStaging staging = new TableStaging(site, plan.restore(), table.target());
        List<ManifestShard> missing = new ArrayList<>();
        Set<Integer> recorded = table.part(self).staged();
        for (ManifestShard shard : source.shards()) {
            boolean here = recorded.contains(shard.id()) && staging.isHere(shard);
            if (mine.contains(shard.id()) && !here) {
                missing.add(shard);
            }
        }
        return missing;
    }

    private void fetch(
            SharedPlan plan,
            SharedTable table,
            List<ManifestShard> missing,
            ManifestTable source,
            ObjectStore store,
            JobControl control)
            throws Exception {
        requireSpace(missing);
        new TableStaging(site, plan.restore(), table.target())
                .fetch(store, control, source.name(), missing, shard -> {});
    }

    private void requireSpace(List<ManifestShard> missing) throws Exception {
        long needed = missing.stream().mapToLong(ManifestShard::rawBytes).reduce(0, Math::addExact);
        long usable = site.target().usableBytes();
        if (needed > usable) {
            throw new RefusedException(
                    RefusedException.Reason.NO_SPACE, "space: " + usable + " bytes here (expected: >= " + needed + ")");
        }
    }

    /**
     * Has the host put a table in place that is live, and drop what it replaces; and writes that down, so that the plan stays for as long as
     * anything of it is left here. What was lost of what was staged is fetched again. Does nothing for a table that was put in place before:
     * a later restore may have replaced it.
     */
    void swap(WorkBench.Place place, JobControl control) throws Exception {
        Optional<SharedPlan> plan = plans.read(place.restore());
        Optional<SharedTable> table = plan.flatMap(now -> now.table(place.table()));
        if (table.filter(now -> now.awaits(self)).isPresent()) {
            swap(plan.orElseThrow(), table.get(), control);
        }
    }

    private void swap(SharedPlan plan, SharedTable table, JobControl control) throws Exception {
        if (!isInPlace(plan, table)) {
            commit(plan, table, control);
            control.log("table " + table.target() + " is in place here");
        }
        site.target().drop(plan.restore(), table.target());
        plans.change(plan.restore(), now -> now.with(table.target(), live -> live.swapped(self)));
        known.remove(place(plan, table));
    }

    private boolean isInPlace(SharedPlan plan, SharedTable table) throws Exception {
        return site.target().isInPlace(plan.restore(), table.target());
    }

    private void commit(SharedPlan plan, SharedTable table, JobControl control) throws Exception {
        Set<Integer> mine = table.part(self).staged();
        TableMetadata metadata = known(plan, table, mine, control);
        List<ShardDescription> shards = metadata.shards().stream()
                .filter(shard -> mine.contains(shard.id()))
                .toList();
        TableStaging staging = new TableStaging(site, plan.restore(), table.target());
        // Whether it may be replaced was settled for all members when it went live.
        site.target()
                .commit(new StagedTable(
                        plan.restore(), table.target(), true, metadata.description(), staging.staged(shards)));
    }

    private TableMetadata known(SharedPlan plan, SharedTable table, Set<Integer> mine, JobControl control)
            throws Exception {
        Optional<TableMetadata> metadata = Optional.ofNullable(known.get(place(plan, table)));
        if (metadata.isPresent()) {
            return metadata.get();
        }
        try (ObjectStore store = open(plan)) {
            ManifestTable source = source(plan, table, store);
            fetch(plan, table, missing(plan, table, mine, source), source, store, control);
            TableMetadata read = metadata(source, store);
            known.put(place(plan, table), read);
            return read;
        }
    }

    /** Removes what is staged of a table that will not be brought back. */
    void abort(WorkBench.Place place) throws Exception {
        known.remove(place);
        site.target().abort(place.restore(), place.table());
    }

    /** Tells whether a table that is coming back is away here until then. */
    boolean isAway(SharedPlan plan, SharedTable table) {
        try {
            return switch (table.state()) {
                case STAGING, STAGED ->
                    table.source().equals(table.target()) && !site.target().exists(table.target());
                case LIVE -> table.awaits(self) && !isInPlace(plan, table);
                case FAILED, SKIPPED -> false;
            };
        } catch (Exception e) {
            LOG.warn("The host does not tell whether table {} is there", table.target(), e);
            return table.awaits(self);
        }
    }
}
