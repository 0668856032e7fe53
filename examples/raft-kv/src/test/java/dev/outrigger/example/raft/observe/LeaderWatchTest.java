package dev.outrigger.example.raft.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.raft.engine.DivisionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaderWatchTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LeaderWatch watch = new LeaderWatch(nanos::get);

    @Test
    void aGroupIsAbandonedWhenItHasBeenWithoutALeaderForLongerThanAnElectionTakes() {
        look(Optional.of("n2"));
        look(Optional.empty());
        pass(Duration.ofSeconds(3));
        assertThat(watch.isAbandoned(Views.SHARD)).isFalse();

        pass(Duration.ofNanos(1));
        assertThat(watch.isAbandoned(Views.SHARD)).isTrue();

        look(Optional.of("n2"));
        assertThat(watch.isAbandoned(Views.SHARD)).isFalse();
    }

    @Test
    void onlyAnotherLeaderIsAChange() {
        look(Optional.empty());
        look(Optional.of("n2"));
        assertThat(watch.changes(Views.SHARD)).isEqualTo(1);

        look(Optional.empty());
        look(Optional.of("n2"));
        assertThat(watch.changes(Views.SHARD)).isEqualTo(1);

        look(Optional.of("n3"));
        assertThat(watch.changes(Views.SHARD)).isEqualTo(2);
    }

    @Test
    void ofAGroupThatWasNeverSeenNothingIsSaid() {
        assertThat(watch.isAbandoned(Views.SHARD)).isFalse();
        assertThat(watch.changes(Views.SHARD)).isZero();
    }

    private void look(Optional<String> leader) {
        watch.look(List.of(Views.follower(leader, DivisionState.SERVING, 100)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
