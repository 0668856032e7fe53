package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A replica of a group as one node sees it.
 *
 * @param node the id of the member that has it
 * @param voter whether it counts in elections
 * @param matchIndex up to where it is known to have the log; known to the leader, and to each node of its own replica
 * @param reachable whether it has answered of late; a node that does not lead knows that of itself and of the leader, and takes the others to be
 */
public record ReplicaView(String node, boolean voter, OptionalLong matchIndex, boolean reachable) {

    public ReplicaView {
        requireNonNull(node, "node");
        requireNonNull(matchIndex, "matchIndex");
    }
}
