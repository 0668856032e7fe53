package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A node's replica of a group at one moment, as that node knows it. Indices are those of the group's log, and -1 before the first.
 *
 * @param group which group
 * @param role what the replica is in it
 * @param state whether it can be used
 * @param term the number of the election it knows of
 * @param commitIndex up to where the group has agreed, as far as is known here
 * @param appliedIndex up to where this replica has done what was agreed
 * @param leader the member that leads the group, where one is known
 * @param replicas of all members that have one, this node's included, by node id
 */
public record DivisionView(
        GroupName group,
        DivisionRole role,
        DivisionState state,
        long term,
        long commitIndex,
        long appliedIndex,
        Optional<String> leader,
        List<ReplicaView> replicas) {

    public DivisionView {
        requireNonNull(group, "group");
        requireNonNull(role, "role");
        requireNonNull(state, "state");
        requireNonNull(leader, "leader");
        replicas = List.copyOf(replicas);
    }
}
