package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes down what all members are to bring back. First as a draft, which nobody carries out: two members may be asked for the same table
 * at the same moment, and of two that see each other's draft neither goes on. Safe for use by many threads.
 */
public final class SharedOrder {

    private final RestoreSite site;
    private final ShardPlacement placement;
    private final SharedPlans plans;

    /** Prepares to order restores of which this member is the coordinator. */
    public SharedOrder(RestoreSite site, ShardPlacement placement) {
        this.site = requireNonNull(site, "site");
        this.placement = requireNonNull(placement, "placement");
        this.plans = new SharedPlans(site.plans());
    }

    /**
     * Writes a plan down, to be carried out by all members from then on.
     *
     * @param plan that was checked
     * @param store at the location of the backup
     * @throws RefusedException if the shards are not those of the table here, or another restore is at it
     * @throws IOException if it is not known whether the plan is there; it is removed again, if that can be done
     */
    public void record(RestorePlan plan, ObjectStore store) throws IOException, RefusedException {
        Map<TableName, Set<Integer>> shards = shards(plan, store);
        for (PlannedTable table : plan.tables()) {
            if (!table.state().isSettled()) {
                requirePlaced(table.target(), shards.getOrDefault(table.source(), Set.of()));
            }
        }
        try {
            plans.create(SharedPlan.draft(plan, placement.self(), shards));
            requireAlone(plan);
            if (plans.change(plan.restore(), SharedPlan::opened).isEmpty()) {
                throw new IOException("the draft of a restore is gone");
            }
        } catch (RefusedException | IOException | RuntimeException e) {
            remove(plan.restore(), e); // Whoever is told that it was refused does not expect it to be carried out.
            throw e;
        }
    }

    private void remove(RestoreId restore, Exception reason) {
        try {
            plans.remove(restore);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    private Map<TableName, Set<Integer>> shards(RestorePlan plan, ObjectStore store)
            throws IOException, RefusedException {
        try {
            Optional<Manifest> manifest = new StoredManifests(store, site.signature())
                    .read(plan.backup())
                    .filter(found -> found.token().equals(plan.token()));
            Map<TableName, Set<Integer>> shards = new HashMap<>();
            for (ManifestTable table : manifest.orElseThrow(() -> new BadManifestException("the backup is gone"))
                    .tables()) {
                shards.put(
                        table.name(),
                        table.shards().stream().map(ManifestShard::id).collect(Collectors.toSet()));
            }
            return shards;
        } catch (BadManifestException e) {
            throw new RefusedException(Reason.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private void requirePlaced(TableName target, Set<Integer> shards) throws IOException, RefusedException {
        Set<Integer> here;
        boolean placed = true;
        try {
            here = placement.shards(target);
            for (int shard : shards) {
                placed &= !placement.replicas(target, shard).isEmpty();
            }
        } catch (Exception e) {
            throw new IOException("the placement of shards is not known now", e);
        }
        if (shards.isEmpty() || !here.equals(shards) || !placed) {
            throw new RefusedException(
                    Reason.UNUSABLE,
                    "table: '" + target + "' has the shards " + new TreeSet<>(shards) + " in the backup (expected: "
                            + new TreeSet<>(here) + ", each with a member that keeps it)");
        }
    }

    private void requireAlone(RestorePlan plan) throws IOException, RefusedException {
        for (SharedPlan other : plans.list().plans()) {
            for (SharedTable table : other.tables()) {
                boolean wanted = plan.tables().stream()
                        .anyMatch(
                                own -> !own.state().isSettled() && own.target().equals(table.target()));
                if (wanted && !table.state().isSettled() && !other.restore().equals(plan.restore())) {
                    throw new RefusedException(
                            Reason.CONFLICT,
                            "table: '" + table.target() + "' (expected: one that is not being restored)");
                }
            }
        }
    }
}
