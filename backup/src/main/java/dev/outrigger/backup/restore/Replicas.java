package dev.outrigger.backup.restore;

import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.cluster.NodeAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the replicas of one table's shards are to be.
 *
 * @param members by the id of the shard
 */
record Replicas(Map<Integer, Set<NodeAddress>> members) {

    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

    Replicas {
        members = Map.copyOf(members);
    }

    /** Asks the host; empty where that is not known now. */
    static Optional<Replicas> of(ShardPlacement placement, SharedTable table) {
        Map<Integer, Set<NodeAddress>> members = new TreeMap<>();
        try {
            for (int shard : table.shards()) {
                members.put(shard, Set.copyOf(placement.replicas(table.target(), shard)));
            }
            return Optional.of(new Replicas(members));
        } catch (Exception e) {
            LOG.debug("Where the replicas of table {} are is not known now", table.target(), e);
            return Optional.empty();
        }
    }

    /** Returns the shards of which a member has a replica. */
    Set<Integer> shardsOf(NodeAddress member) {
        return members.entrySet().stream()
                .filter(shard -> shard.getValue().contains(member))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Tells whether every replica of every shard is recorded as staged. */
    boolean areStaged(SharedTable table) {
        return members.entrySet().stream()
                .allMatch(shard -> !shard.getValue().isEmpty()
                        && shard.getValue().stream()
                                .allMatch(member -> table.part(member).staged().contains(shard.getKey())));
    }

    /** Takes a table one step on, or back while it is not live. */
    SharedTable onward(SharedTable table) {
        return switch (table.state()) {
            case STAGING -> areStaged(table) ? table.in(TableState.STAGED) : table;
            case STAGED -> table.in(areStaged(table) ? TableState.LIVE : TableState.STAGING);
            case LIVE, FAILED, SKIPPED -> table;
        };
    }

    /** How many replicas there are. */
    int count() {
        return members.values().stream().mapToInt(Set::size).sum();
    }
}
