package dev.outrigger.health;

import static dev.outrigger.health.FakeShards.shard;
import static dev.outrigger.shard.ShardStatus.DEGRADED;
import static dev.outrigger.shard.ShardStatus.HEALTHY;
import static dev.outrigger.shard.ShardStatus.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardCounts;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardRule;
import dev.outrigger.shard.ShardState;
import dev.outrigger.shard.ShardVisitor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShardRefreshTest {

    private final FakeShards shards = FakeShards.of(shard(3, HEALTHY), shard(7, DEGRADED), shard(8, UNAVAILABLE));

    @Test
    void shardsAreCountedByStatus() {
        DrivenMonitor driven = driven();

        driven.settle();

        assertThat(driven.report().shards().counts()).contains(new ShardCounts(1_024, 3, 1, 1, 1, 0));
        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void aShardWithoutALeaderDegradesTheNode() {
        shards.become(new ShardState(0, HEALTHY, Leadership.NONE, 4, 10, 10));
        DrivenMonitor driven = driven();

        driven.settle();

        assertThat(driven.report().shards().counts().orElseThrow().leaderless()).isOne();
        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void beforeTheFirstStatesTheNodeIsNotReady() {
        DrivenMonitor driven = driven();

        assertThat(driven.report().reasons()).containsExactly("shards");
        assertThat(driven.report().takesTraffic()).isFalse();
        assertThat(driven.report().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void statesAreRefreshedEachSecond() {
        DrivenMonitor driven = driven();
        driven.settle();

        driven.live(Duration.ofSeconds(10));

        assertThat(shards.visits()).isEqualTo(11);
    }

    @Test
    void aSignalOfTheHostIsFollowedAtOnce() {
        DrivenMonitor driven = driven();
        driven.settle();
        driven.live(Duration.ofMillis(100));

        shards.become(shard(0, HEALTHY));
        shards.signal();
        driven.settle();

        assertThat(driven.report().shards().quick()).contains(new QuickShard(0, HEALTHY));
    }

    @Test
    void howeverOftenTheHostSignalsShardsAreNotCountedAllDay() {
        DrivenMonitor driven = driven();
        driven.settle();

        for (int i = 0; i < 1_000; i++) {
            shards.signal();
            driven.time.move(Duration.ofMillis(1));
            driven.settle();
        }

        assertThat(shards.visits()).isLessThanOrEqualTo(21);
    }

    @Test
    void whileTheProviderThrowsItsLastStatesStandForFifteenSeconds() {
        DrivenMonitor driven = driven();
        driven.settle();
        shards.fail(new IllegalStateException("no quorum"));

        driven.live(Duration.ofSeconds(15));
        assertThat(driven.report().shards().counts()).contains(new ShardCounts(1_024, 3, 1, 1, 1, 0));
        assertThat(driven.report().shards().fault()).contains(new ShardFault(ShardFault.Kind.FAILED, "no quorum"));
        assertThat(driven.report().shards().failures()).isEqualTo(15);
        assertThat(driven.report().warnings()).containsExactly("shards: the provider failed");

        driven.live(Duration.ofMillis(100));
        assertThat(driven.report().shards().counts()).contains(new ShardCounts(1_024, 3, 0, 0, 3, 0));
        assertThat(driven.report().reasons()).containsExactly("shards");
        assertThat(driven.report().takesTraffic()).isFalse();
        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void aProviderThatHangsIsNotAskedAgainAndItsLastStatesStand() {
        DrivenMonitor driven = driven();
        driven.settle();
        driven.live(Duration.ofMillis(950));

        driven.pass(Duration.ofSeconds(5));
        assertThat(driven.executor.waiting()).isOne();
        assertThat(driven.report().shards().isHung()).isTrue();
        assertThat(driven.report().shards().expired()).isFalse();

        driven.pass(Duration.ofSeconds(11));
        assertThat(driven.report().shards().expired()).isTrue();
    }

    @Test
    void aProviderThatComesBackIsBelievedAtOnce() {
        DrivenMonitor driven = driven();
        driven.settle();
        shards.fail(new IllegalStateException("no quorum"));
        driven.live(Duration.ofSeconds(20));

        shards.recover();
        driven.live(Duration.ofSeconds(1));

        assertThat(driven.report().isReady()).isTrue();
        assertThat(driven.report().warnings()).isEmpty();
    }

    @Test
    void theQuickShardIsTheLowestWhereShardZeroIsNotOpen() {
        DrivenMonitor driven = driven();

        driven.settle();

        assertThat(driven.report().shards().quick()).contains(new QuickShard(3, HEALTHY));
        assertThat(driven.report().takesTraffic()).isTrue();
    }

    @Test
    void theQuickShardMayBeChosen() {
        DrivenMonitor driven =
                new DrivenMonitor(HealthMonitor.builder().shards(shards).quickShard(8));

        driven.settle();

        assertThat(driven.report().shards().quick()).contains(new QuickShard(8, UNAVAILABLE));
        assertThat(driven.report().takesTraffic()).isFalse();
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void withNoShardOpenHereTheNodeIsReadyAndTheGatesDecide() {
        shards.become();
        ReadinessGate gate = ReadinessGate.opened("recovery");
        DrivenMonitor driven =
                new DrivenMonitor(HealthMonitor.builder().shards(shards).gate(gate));
        driven.settle();
        assertThat(driven.report().isReady()).isTrue();
        assertThat(driven.report().takesTraffic()).isTrue();

        gate.close("again");
        assertThat(driven.report().takesTraffic()).isFalse();
    }

    @Test
    void theShardRuleMayBeStricter() {
        DrivenMonitor driven =
                new DrivenMonitor(HealthMonitor.builder().shards(shards).shardRule(ShardRule.allAvailable()));

        driven.settle();

        assertThat(driven.report().reasons()).containsExactly("shards");
    }

    @Test
    void aRuleThatThrowsIsAFailedRefresh() {
        DrivenMonitor driven =
                new DrivenMonitor(HealthMonitor.builder().shards(shards).shardRule(counts -> {
                    throw new IllegalStateException("rule");
                }));

        driven.settle();

        assertThat(driven.report().shards().fault()).contains(new ShardFault(ShardFault.Kind.FAILED, "rule"));
    }

    @Test
    void idsOutOfOrderAreDismissed() {
        shards.become(shard(7, HEALTHY), shard(3, HEALTHY));
        assertDismissed("shard id: 3 (expected: > 7)");
    }

    @Test
    void anIdTwiceIsDismissed() {
        shards.become(shard(7, HEALTHY), shard(7, HEALTHY));
        assertDismissed("shard id: 7 (expected: > 7)");
    }

    @Test
    void moreShardsThanThereAreIsDismissed() {
        shards.total(2);
        assertDismissed("total shards: 2 (expected: >= the 3 open here)");
    }

    @Test
    void aNegativeTotalIsDismissed() {
        shards.become();
        shards.total(-1);
        assertDismissed("total shards: -1 (expected: >= the 0 open here)");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aShardWithoutAStatusIsDismissed() {
        assertDismissed(
                new DrivenMonitor(HealthMonitor.builder()
                        .shards(visiting(visitor -> visitor.shard(0, null, Leadership.LOCAL, 0, 0, 0)))),
                "shard 0: null (expected: a status and a leadership)");
    }

    @Test
    void aNegativeIdIsDismissed() {
        assertDismissed(
                new DrivenMonitor(HealthMonitor.builder()
                        .shards(visiting(visitor -> visitor.shard(-5, HEALTHY, Leadership.LOCAL, 0, 0, 0)))),
                "shard id: -5 (expected: > -1)");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aProviderThatListsNullIsDismissed() {
        DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder().shards(ShardProvider.of(4, () -> null)));

        driven.settle();

        assertThat(driven.report().shards().fault()).isPresent();
        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void aProviderWithMoreShardsThanAnybodyCountsIsCounted() {
        DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder().shards(visiting(visitor -> {
            for (int id = 0; id < 65_536; id++) {
                visitor.shard(id, HEALTHY, Leadership.REMOTE, id, id, id);
            }
        })));

        driven.settle();

        assertThat(driven.report().shards().counts().orElseThrow().healthy()).isEqualTo(65_536);
    }

    private void assertDismissed(String message) {
        assertDismissed(driven(), message);
    }

    private static void assertDismissed(DrivenMonitor driven, String message) {
        driven.settle();

        assertThat(driven.report().shards().fault()).contains(new ShardFault(ShardFault.Kind.FAILED, message));
        assertThat(driven.report().shards().counts()).isEmpty();
        assertThat(driven.report().reasons()).containsExactly("shards");
    }

    private interface Visit {

        void show(ShardVisitor visitor);
    }

    private static ShardProvider visiting(Visit visit) {
        return new ShardProvider() {
            @Override
            public int totalShards() {
                return 65_536;
            }

            @Override
            public void visitShards(ShardVisitor visitor) {
                visit.show(visitor);
            }
        };
    }

    private DrivenMonitor driven() {
        return new DrivenMonitor(HealthMonitor.builder().shards(shards));
    }
}
