package dev.outrigger.shard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the shards on one visit, without allocating for replicas, and trusts nothing that it is told. One use, one thread. */
final class ReplicaCensus implements ReplicaVisitor {

    private final List<Integer> quorumLoss = new ArrayList<>();
    private final List<Integer> offline = new ArrayList<>();
    private final List<Integer> belowMinInSync = new ArrayList<>();
    private final List<Integer> singleReplica = new ArrayList<>();
    private long here;
    private long inSyncHere;
    private @Nullable String contradiction;

    /** The shard that was begun last; -1 before the first. */
    private int id = -1;

    private int minInSync;
    private int replicas;
    private int voters;
    private int runningVotersElsewhere;
    private int inSyncElsewhere;
    private boolean runsHere;
    private boolean votesHere;
    private boolean inSyncReplicaHere;

    @Override
    public boolean shard(int newId, int newMinInSync) {
        if (contradiction != null) {
            return false;
        }
        conclude();
        if (newId <= id) {
            contradiction = "shard id: " + newId + " (expected: > " + id + ")";
        } else if (newMinInSync < 0) {
            contradiction = "shard " + newId + ", minInSync: " + newMinInSync + " (expected: >= 0)";
        }
        begin(newId, newMinInSync);
        return contradiction == null;
    }

    @Override
    public void replica(@Nullable ReplicaPlace place, @Nullable ReplicaRole role, @Nullable ReplicaState state) {
        if (contradiction != null) {
            return;
        }
        if (id < 0 || place == null || role == null || state == null) {
            contradiction = "shard " + id + ", a replica (expected: of a shard, with a place, a role and a state)";
            return;
        }
        count(place, role == ReplicaRole.VOTER, state);
    }

    /**
     * Ends the visit.
     *
     * @throws IllegalStateException if what was told contradicts itself
     */
    RestartSafety verdict() {
        conclude();
        if (contradiction != null) {
            throw new IllegalStateException(contradiction);
        }
        return new RestartSafety(quorumLoss, offline, belowMinInSync, singleReplica, recoveredPercent());
    }

    private void begin(int newId, int newMinInSync) {
        id = newId;
        minInSync = newMinInSync;
        replicas = 0;
        voters = 0;
        runningVotersElsewhere = 0;
        inSyncElsewhere = 0;
        runsHere = false;
        votesHere = false;
        inSyncReplicaHere = false;
    }

    private void count(ReplicaPlace place, boolean votes, ReplicaState state) {
        boolean runs = state != ReplicaState.OFFLINE;
        boolean inSync = state == ReplicaState.IN_SYNC;
        replicas++;
        voters += votes ? 1 : 0;
        switch (place) {
            case HERE -> {
                here++;
                inSyncHere += inSync ? 1 : 0;
                runsHere |= runs;
                votesHere |= votes && runs;
                inSyncReplicaHere |= inSync;
            }
            case ELSEWHERE -> {
                runningVotersElsewhere += votes && runs ? 1 : 0;
                inSyncElsewhere += inSync ? 1 : 0;
            }
        }
    }

    /** Judges the shard that was begun last. */
    private void conclude() {
        if (id < 0 || contradiction != null) {
            return;
        }
        if (replicas == 0) {
            contradiction = "shard " + id + ": no replica (expected: one or more)";
        } else if (replicas == 1) {
            addIf(runsHere, singleReplica);
        } else {
            addIf(votesHere && runningVotersElsewhere < voters / 2 + 1, quorumLoss);
            addIf(runsHere && inSyncElsewhere == 0, offline);
            addIf(inSyncReplicaHere && inSyncElsewhere < minInSync, belowMinInSync);
        }
    }

    private void addIf(boolean atRisk, List<Integer> list) {
        if (atRisk) {
            list.add(id);
        }
    }

    /** In tenths rounded down, so that only a node that has everything says 100. */
    private double recoveredPercent() {
        return here == 0 ? 100 : Math.floorDiv(inSyncHere * 1_000, here) / 10.0;
    }
}
