package dev.outrigger.backup.restore;

import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.cluster.NodeAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is still there. In a cluster that has just been founded members may have replicas before all others have been told that they are
 * members: who keeps a replica of what is brought back is there as well.
 */
final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final ShardPlacement placement;
    private final Set<NodeAddress> members;

    private Presence(ShardPlacement placement, Set<NodeAddress> members) {
        this.placement = placement;
        this.members = members;
    }

    /** Asks the host; empty where that is not known now. A member that does not find itself among them knows too little to say who is gone. */
    static Optional<Presence> of(ShardPlacement placement) {
        try {
            Set<NodeAddress> members = Set.copyOf(placement.members().keySet());
            return members.contains(placement.self())
                    ? Optional.of(new Presence(placement, members))
                    : Optional.empty();
        } catch (Exception e) {
            LOG.debug("The members are not known now", e);
            return Optional.empty();
        }
    }

    /** Tells whether nobody who is there has anything left to do for a plan. */
    boolean isDone(SharedPlan plan) {
        return plan.isDone(at(plan)::contains);
    }

    /** Tells whether the member is gone that is to tell what became of a plan. */
    boolean isLeftAlone(SharedPlan plan) {
        return !at(plan).contains(plan.coordinator());
    }

    private Set<NodeAddress> at(SharedPlan plan) {
        Set<NodeAddress> all = new HashSet<>(members);
        for (SharedTable table : plan.tables()) {
            Replicas.of(placement, table)
                    .ifPresent(replicas -> replicas.members().values().forEach(all::addAll));
        }
        return all;
    }
}
