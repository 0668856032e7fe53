package dev.outrigger.shard;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What would become of the shards if this node went down now. Immutable.
 *
 * <p>A shard is at risk if it lacked something without this node that this node gives it. What this node does not give
 * cannot be taken away: a shard that has no replica here is at no risk, nor is one whose replica here does not run. A shard may
 * be at several risks. {@code single_replica} stands alone, since the others could never be mended by waiting.
 *
 * @param quorumLoss shards whose replica here votes and runs, and whose running voters elsewhere are no majority of all voters:
 *     nothing could be written, and no leader chosen
 * @param offline shards whose replica here runs, while no replica elsewhere is in sync: nobody could take over without losing
 *     acknowledged writes
 * @param belowMinInSync shards whose replica here is in sync, and of which fewer replicas elsewhere are than they ask for:
 *     writes would be refused
 * @param singleReplica shards whose only replica is here, and runs: they are away for as long as this node is
 * @param recoveredPercent how much of what this node is to keep it keeps: replicas here that are in sync, of all replicas here,
 *     rounded down to one decimal; 100 where there are none
 */
public record RestartSafety(
        List<Integer> quorumLoss,
        List<Integer> offline,
        List<Integer> belowMinInSync,
        List<Integer> singleReplica,
        double recoveredPercent) {

    /**
     * @throws IllegalArgumentException if the percentage is not from 0 to 100
     */
    public RestartSafety {
        quorumLoss = List.copyOf(quorumLoss);
        offline = List.copyOf(offline);
        belowMinInSync = List.copyOf(belowMinInSync);
        singleReplica = List.copyOf(singleReplica);
        if (!(recoveredPercent >= 0 && recoveredPercent <= 100)) {
            throw new IllegalArgumentException("recoveredPercent: " + recoveredPercent + " (expected: 0 to 100)");
        }
    }

    /**
     * Asks a provider for the replicas, and judges.
     *
     * @throws Exception if the provider throws
     * @throws IllegalStateException if what it tells contradicts itself
     */
    public static RestartSafety of(ShardProvider provider) throws Exception {
        ReplicaCensus census = new ReplicaCensus();
        requireNonNull(provider, "provider").visitReplicas(census);
        return census.verdict();
    }

    /** The verdict for a node that is its cluster's only member: there is nobody to wait for, so nothing counts as a risk. */
    public RestartSafety onOnlyMember() {
        return new RestartSafety(List.of(), List.of(), List.of(), List.of(), recoveredPercent);
    }

    /** Tells whether the node may go down now: no shard is at any risk. */
    public boolean isSafe() {
        return allowsLeaving() && singleReplica.isEmpty();
    }

    /**
     * Tells whether the node may leave for good. A single replica does not speak against that: leaving hands it over, while
     * waiting would change nothing.
     */
    public boolean allowsLeaving() {
        return quorumLoss.isEmpty() && offline.isEmpty() && belowMinInSync.isEmpty();
    }
}
