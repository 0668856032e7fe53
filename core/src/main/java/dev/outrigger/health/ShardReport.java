package dev.outrigger.health;

import dev.outrigger.shard.ShardCounts;
import java.time.Duration;
import java.util.Optional;

/**
 * The shards in a report. Immutable.
 *
 * @param provided whether the host has a provider at all
 * @param counts how many there are; empty while a provider has never answered
 * @param quick the shard that stands for the node; empty with no shard open here
 * @param ruleHolds whether the shard rule lets the node be ready
 * @param age of the states when the report was made
 * @param expired whether the states are so old that every shard counts as unavailable
 * @param fault what went wrong at the last refresh, if it did
 * @param failures how many refreshes have failed since the monitor was built
 */
public record ShardReport(
        boolean provided,
        Optional<ShardCounts> counts,
        Optional<QuickShard> quick,
        boolean ruleHolds,
        Duration age,
        boolean expired,
        Optional<ShardFault> fault,
        long failures) {

    static final ShardReport NO_PROVIDER = new ShardReport(
            false, Optional.of(ShardCounts.NONE), Optional.empty(), true, Duration.ZERO, false, Optional.empty(), 0);

    /** Tells whether somebody should look. */
    boolean degrades() {
        return counts.map(known -> !known.allWell()).orElse(fault.isPresent());
    }

    /** Tells whether a call to the provider has not come back in time. */
    public boolean isHung() {
        return fault.map(known -> known.kind() == ShardFault.Kind.HUNG).orElse(false);
    }
}
