package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.restore.WorkBench.Kind;
import dev.outrigger.backup.restore.WorkBench.Place;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one member of a cluster to where the plans of restores want it. Every member has one, and none of them waits for another.
 *
 * <pre>
 *                     each member stages its shards,              one compare-and-set,        each member swaps,
 *                     verifies and records them                   by whoever sees it          drops the old, records that
 *   staging ────────────────────────────────────► staged ───────────────────────────► live ──────────────────────────► done
 *      │ ▲                                          │ │
 *      │ └── a replica is to be somewhere else ─────┘ │
 *      └───────────── corrupt, no space, called off ──┴──► failed: each member removes what it has staged
 * </pre>
 *
 * <p>A table never goes back from live. The plan goes when nobody who is still a member has anything left to do: its coordinator
 * removes it once the outcome is in the record of its job; where the coordinator is a member no more, whoever sees it does.
 *
 * <p>{@link #look()} is called by one thread at a time.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final RestoreSite site;
    private final ShardPlacement placement;
    private final SharedPlans plans;
    private final Node node;
    private final WorkBench bench;
    private final MemberWork work;

    /** The restores that were planned when this looked last; empty before. */
    private Optional<Set<RestoreId>> seen = Optional.empty();

    private boolean straysWanted = true;
    private boolean failing;

    /**
     * Prepares it. Nothing happens until it looks.
     *
     * @param staging on which shards are fetched, of one table at a time
     * @param others on which everything else is done, for all tables at once; both may refuse once the node closes
     */
    public Reconciler(
            RestoreSite site,
            ShardPlacement placement,
            Node node,
            Executor staging,
            Executor others,
            InstantSource clock) {
        this.site = requireNonNull(site, "site");
        this.placement = requireNonNull(placement, "placement");
        this.node = requireNonNull(node, "node");
        this.plans = new SharedPlans(site.plans());
        this.bench = new WorkBench(new WorkBench.Threads(staging, others), clock, node::moved);
        this.work = new MemberWork(site, placement.self(), plans, node::open);
    }

    /** The rest of the node. Called by the thread that looks, but for {@link #open} and {@link #moved}. */
    public interface Node {

        /** Opens the store at a location that is allowed here; the caller closes it. */
        ObjectStore open(String location) throws IOException, RefusedException;

        /** Says that so many more bytes were fetched. */
        void moved(long bytes);

        /** Says which tables are away here at the moment, by the restores that bring them back. */
        void away(Map<RestoreId, Set<TableName>> tables);

        /** Tells whether this node is about to write that plan down, or has not yet recorded its job. */
        boolean isBeingOrdered(RestoreId restore);

        /** Tells whether a job of this node goes on that tells what became of a restore. */
        boolean isFollowed(RestoreId restore);

        /** Tells whether this node's job of a restore was called off, which the plan may not know yet. */
        boolean isCalledOff(RestoreId restore);

        /** Gives a restore that this node coordinates a job, should it never have had one. */
        void adopt(RestoreId restore);
    }

    /** Looks at all plans, and begins whatever is this member's to do. Throws nothing: what is not known now is looked at again. */
    public void look() {
        try {
            SharedPlans.Found found = plans.list();
            failing = false;
            removeStrays(found);
            for (SharedPlan plan : found.plans()) {
                if (!plan.isDraft()) {
                    advance(plan);
                }
            }
            node.away(away(found));
            tidy(found);
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("The plans of restores cannot be read, or changed; looked at again", e);
            }
            failing = true;
        }
    }

    /** Ends what can be ended. Whatever is left undone is done after the next start. */
    public void stop() {
        bench.stop();
    }

    private void removeStrays(SharedPlans.Found found) {
        Set<RestoreId> planned =
                found.plans().stream().map(SharedPlan::restore).collect(Collectors.toCollection(HashSet::new));
        straysWanted |= seen.filter(planned::containsAll).isEmpty();
        seen = Optional.of(Set.copyOf(planned));
        bench.stopUnless(place -> isStagedFor(found, place));
        planned.addAll(found.others());
        if (straysWanted && !bench.isBusyBeside(planned)) {
            bench.forgetBeside(planned);
            RestoreJob.removeStrays(site, planned);
            straysWanted = false;
        }
    }

    private static boolean isStagedFor(SharedPlans.Found found, Place place) {
        return found.plans().stream()
                .filter(plan -> plan.restore().equals(place.restore()))
                .flatMap(plan -> plan.table(place.table()).stream())
                .anyMatch(table -> switch (table.state()) {
                    case STAGING, STAGED, LIVE -> true;
                    case FAILED, SKIPPED -> false;
                });
    }

    private void advance(SharedPlan plan) throws IOException {
        for (SharedTable table : plan.tables()) {
            Place place = new Place(plan.restore(), table.target());
            switch (table.state()) {
                case STAGING, STAGED -> stage(plan, table, place);
                case LIVE -> swap(table, place);
                case FAILED -> {
                    if (!bench.hasFinished(place, Kind.ABORT)) {
                        bench.begin(place, Kind.ABORT, control -> work.abort(place));
                    }
                }
                case SKIPPED -> {}
            }
        }
    }

    private void stage(SharedPlan plan, SharedTable table, Place place) throws IOException {
        Optional<Replicas> replicas = Replicas.of(placement, table);
        if (replicas.isEmpty()) {
            return; // Not known now.
        }
        Set<Integer> mine = replicas.get().shardsOf(placement.self());
        // Once in each process even if it is recorded: what a host has lost meanwhile is fetched again before it is
        // wanted.
        boolean looked = mine.isEmpty() || bench.hasFinished(place, Kind.STAGE);
        if (!looked || !table.part(placement.self()).staged().containsAll(mine)) {
            bench.begin(place, Kind.STAGE, control -> work.stage(place, mine, control));
        } else {
            consider(plan, table, replicas.get());
        }
    }

    /** Takes the one step that is every member's to take: the first whose compare-and-set succeeds has taken it. */
    private void consider(SharedPlan plan, SharedTable table, Replicas replicas) throws IOException {
        if (replicas.areStaged(table) || table.state() == TableState.STAGED) {
            plans.change(plan.restore(), now -> now.with(table.target(), replicas::onward));
        }
    }

    private void swap(SharedTable table, Place place) {
        if (table.awaits(placement.self())) {
            bench.begin(place, Kind.SWAP, control -> work.swap(place, control));
        }
    }

    private Map<RestoreId, Set<TableName>> away(SharedPlans.Found found) {
        Map<RestoreId, Set<TableName>> away = new HashMap<>();
        for (SharedPlan plan : found.plans()) {
            Stream<SharedTable> tables = plan.isDraft() ? Stream.empty() : plan.tables().stream();
            away.put(
                    plan.restore(),
                    tables.filter(table -> work.isAway(plan, table))
                            .map(SharedTable::target)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return away;
    }

    private void tidy(SharedPlans.Found found) throws IOException {
        Optional<Presence> presence = Presence.of(placement);
        if (presence.isEmpty()) {
            return;
        }
        for (SharedPlan plan : found.plans()) {
            if (plan.isDraft()) {
                tidyDraft(plan, presence.get());
            } else if (presence.get().isDone(plan)) {
                tidyDone(plan, presence.get());
            } else if (isOwn(plan) && node.isCalledOff(plan.restore())) {
                plans.callOff(plan.restore(), "canceled");
            } else if (isOwn(plan)) {
                node.adopt(plan.restore());
            }
        }
    }

    private boolean isOwn(SharedPlan plan) {
        return plan.coordinator().equals(placement.self());
    }

    /** A draft whose coordinator has died over it was never promised to anybody. */
    private void tidyDraft(SharedPlan plan, Presence presence) throws IOException {
        boolean left = isOwn(plan) ? !node.isBeingOrdered(plan.restore()) : presence.isLeftAlone(plan);
        if (left && plans.read(plan.restore()).filter(SharedPlan::isDraft).isPresent()) {
            plans.remove(plan.restore());
        }
    }

    private void tidyDone(SharedPlan plan, Presence presence) throws IOException {
        boolean own = isOwn(plan);
        if (own && !node.isBeingOrdered(plan.restore())) {
            node.adopt(plan.restore()); // The process may have ended before there was a job.
        }
        boolean read = own
                ? !node.isBeingOrdered(plan.restore()) && !node.isFollowed(plan.restore())
                : presence.isLeftAlone(plan);
        if (read) {
            plans.remove(plan.restore());
        }
    }
}
