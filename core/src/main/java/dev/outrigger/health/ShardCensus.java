package dev.outrigger.health;

import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardCounts;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardRule;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the shards on one visit, without allocating for any of them, and trusts nothing that it is told. One use, one
 * thread.
 */
final class ShardCensus implements ShardVisitor {

    private final int quickId;
    private int lastId = -1;
    private int active;
    private int healthy;
    private int degraded;
    private int unavailable;
    private int leaderless;
    private int standInId;
    private @Nullable ShardStatus quick;
    private @Nullable ShardStatus standIn;
    private @Nullable String contradiction;

    private ShardCensus(int quickId) {
        this.quickId = quickId;
    }

    /**
     * Visits the provider.
     *
     * @throws Exception if the provider or the rule throws, or what the provider tells contradicts itself
     */
    static ShardSurvey take(ShardProvider provider, int quickId, ShardRule rule) throws Exception {
        ShardCensus census = new ShardCensus(quickId);
        int total = provider.totalShards();
        provider.visitShards(census);
        ShardCounts counts = census.counts(total);
        return new ShardSurvey(counts, census.quickShard(), rule.holds(counts), rule.holds(counts.allUnavailable()));
    }

    @Override
    public boolean shard(
            int id, ShardStatus status, Leadership leadership, long term, long commitIndex, long lastApplied) {
        if (contradiction == null) {
            contradiction = contradictionIn(id, status, leadership);
        }
        if (contradiction != null) {
            return false;
        }
        lastId = id;
        count(status, leadership);
        if (standIn == null) {
            standInId = id;
            standIn = status;
        }
        if (id == quickId) {
            quick = status;
        }
        return true;
    }

    private @Nullable String contradictionIn(int id, @Nullable ShardStatus status, @Nullable Leadership leadership) {
        if (id <= lastId) {
            return "shard id: " + id + " (expected: > " + lastId + ")";
        }
        if (status == null || leadership == null) {
            return "shard " + id + ": null (expected: a status and a leadership)";
        }
        return null;
    }

    private void count(ShardStatus status, Leadership leadership) {
        active++;
        switch (status) {
            case HEALTHY -> healthy++;
            case DEGRADED -> degraded++;
            case UNAVAILABLE -> unavailable++;
        }
        if (leadership == Leadership.NONE) {
            leaderless++;
        }
    }

    private ShardCounts counts(int total) {
        if (contradiction != null) {
            throw new IllegalStateException(contradiction);
        }
        if (total < active) {
            throw new IllegalStateException("total shards: " + total + " (expected: >= the " + active + " open here)");
        }
        return new ShardCounts(total, active, healthy, degraded, unavailable, leaderless);
    }

    private Optional<QuickShard> quickShard() {
        if (quick != null) {
            return Optional.of(new QuickShard(quickId, quick));
        }
        return standIn == null ? Optional.empty() : Optional.of(new QuickShard(standInId, standIn));
    }
}
