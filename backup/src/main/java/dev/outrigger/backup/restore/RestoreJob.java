package dev.outrigger.backup.restore;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget.Staging;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A restore whose plan is written down, from then until it is forgotten. Used by one thread. */
public final class RestoreJob {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreJob.class);

    private final RestoreSite site;
    private final PlanLedger ledger;

    private RestoreJob(RestoreSite site, PlanLedger ledger) {
        this.site = site;
        this.ledger = ledger;
    }

    /** Writes a plan down, so that it is carried out even if the process ends. */
    public static void record(RestoreSite site, RestorePlan plan) throws IOException {
        if (site.plans().write(plan.restore(), PlanStore.ABSENT, plan.encode()).isEmpty()) {
            throw new IOException("the id of a restore is taken");
        }
    }

    /** Opens a restore, if its plan is there. */
    public static Optional<RestoreJob> open(RestoreSite site, RestoreId restore) throws IOException {
        return PlanLedger.open(site.plans(), restore).map(ledger -> new RestoreJob(site, ledger));
    }

    /** Lists the restores whose plans are there: none has ended. */
    public static List<RestoreId> recorded(RestoreSite site) throws IOException {
        return site.plans().list().stream().map(StoredPlan::restore).toList();
    }

    /**
     * Removes whatever is staged and belongs to no plan, as a crash may have left it. Called before any restore is begun.
     *
     * @throws IOException if the plans cannot be read: nothing is removed then
     */
    public static void removeStrays(RestoreSite site) throws IOException {
        removeStrays(site, new HashSet<>(recorded(site)));
    }

    /** Removes whatever is staged for none of these restores. */
    static void removeStrays(RestoreSite site, Set<RestoreId> planned) {
        List<Staging> strays = new ArrayList<>();
        attempt(() -> strays.addAll(site.target().staged()));
        for (Staging stray : strays) {
            if (!planned.contains(stray.restore())) {
                // Each for itself: one that cannot be removed keeps no other.
                attempt(() -> site.target().drop(stray.restore(), stray.table()));
                attempt(() -> site.target().abort(stray.restore(), stray.table()));
            }
        }
    }

    private static void attempt(HostCall call) {
        try {
            call.make();
        } catch (Exception e) {
            LOG.warn("What restores have left could not all be removed", e);
        }
    }

    @FunctionalInterface
    private interface HostCall {

        void make() throws Exception;
    }

    /** Names the restore. */
    public RestoreId restore() {
        return ledger.plan().restore();
    }

    /** Returns where the backup lies. */
    public String location() {
        return ledger.plan().location();
    }

    /** Returns the tables that are to be here and are not yet, under their own names: whoever asks for them now asks in vain. */
    public Set<TableName> missing() {
        Set<TableName> missing = awaited();
        missing.removeIf(this::exists);
        return missing;
    }

    /** Returns the tables that are to come back under their own names and are not back yet, whether or not one of that name is here. */
    public Set<TableName> awaited() {
        Set<TableName> awaited = new HashSet<>();
        for (PlannedTable table : ledger.plan().tables()) {
            if (!table.state().isSettled() && table.source().equals(table.target())) {
                awaited.add(table.target());
            }
        }
        return awaited;
    }

    private boolean exists(TableName table) {
        try {
            return site.target().exists(table);
        } catch (Exception e) {
            LOG.warn("The host does not tell whether table {} is there", table, e);
            return true;
        }
    }

    /**
     * Goes on with it.
     *
     * @return what became of each table, in the order asked
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop. On {@code CANCELED} what was staged is removed,
     *     and tables that are live stay so; on {@code CLOSING} everything stays for the next attempt
     * @throws IOException if the store failed, or the plan could not be written: everything stays for the next attempt
     */
    public List<RestoredTable> run(ObjectStore store, JobControl control) throws IOException {
        return new RestoreAttempt(site, store, control, ledger).run();
    }

    /**
     * Settles what is not live, and removes what is staged: nobody will try again.
     *
     * @param why for people
     * @return what became of each table, in the order asked
     */
    public List<RestoredTable> giveUp(String why) throws IOException {
        new Surrender(site, ledger).giveUp(why);
        return ledger.plan().outcome();
    }

    /** Removes the plan: nothing more is to be done. */
    public void forget() throws IOException {
        site.plans().remove(restore());
    }
}
