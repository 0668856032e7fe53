package dev.outrigger.example.raft.observe;

import dev.outrigger.example.raft.engine.DivisionView;
import java.util.Optional;

/** Tells how the replicas of a group are, on whatever node one asks. Answers at once. */
interface ReplicaReports {

    /**
     * Returns how the replicas of a group are, as its present leader says.
     *
     * @param view of the group on this node
     * @return empty where no leader is known, or it has not been heard
     */
    Optional<GroupReport> report(DivisionView view);

    /** Returns up to where the log of a group was committed a moment ago. */
    long settledIndex(DivisionView view);
}
