package dev.outrigger.example.raft.observe;

import dev.outrigger.example.raft.engine.DivisionRole;
import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.GroupName;
import dev.outrigger.example.raft.engine.ReplicaView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Replicas of shard 0 as the node n1 may see them, in a cluster of n1, n2 and n3 that has committed 100 entries in term 7. */
final class Views {

    static final GroupName SHARD = GroupName.ofShard(0);

    private Views() {}

    static ReplicaView replica(String node, long matchIndex, boolean reachable) {
        return new ReplicaView(node, true, OptionalLong.of(matchIndex), reachable);
    }

    /** n1 leads, and knows of the others what is given. */
    static DivisionView leader(ReplicaView n2, ReplicaView n3) {
        return view(
                DivisionRole.LEADER,
                DivisionState.SERVING,
                Optional.of("n1"),
                100,
                List.of(replica("n1", 100, true), n2, n3));
    }

    /** n1 follows. */
    static DivisionView follower(Optional<String> leader, DivisionState state, long applied) {
        return view(
                DivisionRole.FOLLOWER,
                state,
                leader,
                applied,
                List.of(replica("n1", applied, true), unknown("n2"), unknown("n3")));
    }

    private static ReplicaView unknown(String node) {
        return new ReplicaView(node, true, OptionalLong.empty(), true);
    }

    private static DivisionView view(
            DivisionRole role, DivisionState state, Optional<String> leader, long applied, List<ReplicaView> replicas) {
        return new DivisionView(SHARD, role, state, 7, 100, applied, leader, replicas);
    }
}
