package dev.outrigger.ops;

import static dev.outrigger.health.FakeShards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.DrivenMonitor;
import dev.outrigger.health.FakeShards;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.SwitchableCheck;
import dev.outrigger.shard.ShardStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverallHealthTest {

    private final SwitchableCheck engine = new SwitchableCheck();
    private final SwitchableCheck disk = new SwitchableCheck();
    private final FakeShards shards = FakeShards.of(shard(0, ShardStatus.HEALTHY), shard(1, ShardStatus.HEALTHY));
    private final DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder()
            .check("engine", CheckOptions.liveness(), engine)
            .check("disk", CheckOptions.readiness(), disk)
            .shards(shards));

    @Test
    void beforeTheFirstResultsNothingIsKnown() {
        assertThat(health()).isEqualTo(new OverallHealth("unknown", "No first result yet: engine, disk"));
    }

    @Test
    void allIsWellWhenEverythingIs() {
        driven.settle();
        assertThat(health()).isEqualTo(new OverallHealth("healthy", "All is well"));
    }

    @Test
    void whatFailsIsNamed() {
        disk.says(HealthResult.unhealthy("full: /var/data"));
        driven.settle();
        assertThat(health()).isEqualTo(new OverallHealth("degraded", "Not well: disk"));
        engine.says(HealthResult.unhealthy("dead"));
        driven.live(Duration.ofSeconds(6));
        assertThat(health()).isEqualTo(new OverallHealth("unhealthy", "Not well: engine, disk"));
    }

    @Test
    void someShardsAwayIsDegradedAndAllOfThemAnError() {
        shards.become(shard(0, ShardStatus.UNAVAILABLE), shard(1, ShardStatus.HEALTHY));
        driven.settle();
        assertThat(health()).isEqualTo(new OverallHealth("degraded", "Not every shard is well"));
        engine.says(HealthResult.unhealthy("dead"));
        shards.become(shard(0, ShardStatus.UNAVAILABLE), shard(1, ShardStatus.UNAVAILABLE));
        driven.live(Duration.ofSeconds(6));
        assertThat(health()).isEqualTo(new OverallHealth("error", "No shard is available here"));
    }

    @Test
    void noShardOpenHereIsNoError() {
        shards.become();
        driven.settle();
        assertThat(health().word()).isEqualTo("healthy");
    }

    @Test
    void aProviderThatFailsIsAnError() {
        shards.fail(new IllegalStateException("secret"));
        driven.settle();
        assertThat(health()).isEqualTo(new OverallHealth("error", "The shards' provider fails"));
    }

    private OverallHealth health() {
        return OverallHealth.of(driven.report());
    }
}
