package dev.outrigger.health;

import dev.outrigger.shard.ShardCounts;
import java.util.Optional;

/**
 * What one visit to the provider found. Immutable.
 *
 * @param ruleHolds whether the shard rule holds for the counts
 * @param ruleHoldsWhenLost whether it would hold if all these shards were unavailable
 */
record ShardSurvey(ShardCounts counts, Optional<QuickShard> quick, boolean ruleHolds, boolean ruleHoldsWhenLost) {

    /** The same once nothing has been heard for too long. */
    ShardSurvey lost() {
        return new ShardSurvey(
                counts.allUnavailable(), quick.map(QuickShard::unavailable), ruleHoldsWhenLost, ruleHoldsWhenLost);
    }
}
