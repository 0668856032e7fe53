package dev.outrigger.example.raft.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.ReplicaView;
import dev.outrigger.shard.ReplicaState;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the replicas of one group are, as its leader knows: nobody else is told by all of them. Immutable.
 *
 * @param leader the member that says so
 * @param term in which it led
 * @param replicas by member
 */
record GroupReport(String leader, long term, SortedMap<String, ReplicaState> replicas) {

    GroupReport {
        requireNonNull(leader, "leader");
        replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
    }

    /**
     * What a leader has to say.
     *
     * @param view of the group on the node that leads it
     * @param settledIndex what was committed a moment ago: who has that is in sync, also while writes go on
     */
    static GroupReport of(String self, DivisionView view, long settledIndex) {
        SortedMap<String, ReplicaState> replicas = new TreeMap<>();
        for (ReplicaView replica : view.replicas()) {
            boolean here = replica.node().equals(self);
            replicas.put(replica.node(), here ? own(view, settledIndex) : other(replica, settledIndex));
        }
        return new GroupReport(self, view.term(), replicas);
    }

    /** How this node's own replica of a group is. */
    static ReplicaState own(DivisionView view, long settledIndex) {
        return switch (view.state()) {
            case SERVING ->
                view.leader().isPresent() && view.appliedIndex() >= settledIndex
                        ? ReplicaState.IN_SYNC
                        : ReplicaState.BEHIND;
            case OPENING, HEALING -> ReplicaState.BEHIND;
            case FAILED -> ReplicaState.OFFLINE;
        };
    }

    private static ReplicaState other(ReplicaView replica, long settledIndex) {
        if (!replica.reachable()) {
            return ReplicaState.OFFLINE;
        }
        return replica.matchIndex().orElse(-1) >= settledIndex ? ReplicaState.IN_SYNC : ReplicaState.BEHIND;
    }

    /** Returns how a member's replica is, which nobody can count on where it is not known. */
    ReplicaState of(String node) {
        return replicas.getOrDefault(node, ReplicaState.OFFLINE);
    }

    /** Returns the report as all nodes keep it: {@code leader term member=state …}. */
    byte[] encode() {
        StringBuilder text = new StringBuilder(leader + " " + term);
        replicas.forEach((node, state) ->
                text.append(' ').append(node).append('=').append(state.name().toLowerCase(Locale.ROOT)));
        return text.toString().getBytes(US_ASCII);
    }

    /** Reads a report; empty where a node of another version wrote something else. */
    static Optional<GroupReport> decode(byte[] value) {
        String[] words = new String(value, US_ASCII).split(" ", -1);
        try {
            SortedMap<String, ReplicaState> replicas = new TreeMap<>();
            for (int i = 2; i < words.length; i++) {
                int equals = words[i].lastIndexOf('=');
                String state = words[i].substring(equals + 1).toUpperCase(Locale.ROOT);
                replicas.put(words[i].substring(0, equals), ReplicaState.valueOf(state));
            }
            return Optional.of(new GroupReport(words[0], Long.parseLong(words[1]), replicas));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
