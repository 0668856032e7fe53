package dev.outrigger.example.raft.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.RestartSafety;
import dev.outrigger.shard.ShardStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RaftShardsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LeaderWatch leaders = new LeaderWatch(nanos::get);
    private Optional<GroupReport> report = Optional.empty();

    @Test
    void aShardIsHealthyWhereALeaderIsKnown() {
        assertThat(seen(Views.follower(Optional.of("n2"), DivisionState.SERVING, 99)))
                .containsExactly("0 HEALTHY REMOTE 7 100 99");
        assertThat(seen(Views.leader(Views.replica("n2", 100, true), Views.replica("n3", 100, true))))
                .containsExactly("0 HEALTHY LOCAL 7 100 100");
    }

    @Test
    void aLeaderThatMissesAReplicaIsDegraded() {
        assertThat(seen(Views.leader(Views.replica("n2", 100, false), Views.replica("n3", 100, true))))
                .containsExactly("0 DEGRADED LOCAL 7 100 100");
    }

    @Test
    void aShardWithoutALeaderIsDegradedForAsLongAsAnElectionTakes() {
        DivisionView leaderless = Views.follower(Optional.empty(), DivisionState.SERVING, 100);
        leaders.look(List.of(leaderless));
        assertThat(seen(leaderless)).containsExactly("0 DEGRADED NONE 7 100 100");

        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(seen(leaderless)).containsExactly("0 UNAVAILABLE NONE 7 100 100");
    }

    @Test
    void aReplicaThatDoesNotServeIsUnavailable() {
        for (DivisionState state : List.of(DivisionState.OPENING, DivisionState.HEALING, DivisionState.FAILED)) {
            assertThat(seen(Views.follower(Optional.of("n2"), state, 100)))
                    .containsExactly("0 " + ShardStatus.UNAVAILABLE + " " + Leadership.REMOTE + " 7 100 100");
        }
    }

    @Test
    void aLeaderMayGoWhileTheOthersAreInSync() throws Exception {
        DivisionView view = Views.leader(Views.replica("n2", 100, true), Views.replica("n3", 100, true));
        report = Optional.of(GroupReport.of("n1", view, 100));
        assertThat(safety(view).isSafe()).isTrue();
        assertThat(safety(view).recoveredPercent()).isEqualTo(100);

        DivisionView alone = Views.leader(Views.replica("n2", 100, true), Views.replica("n3", 100, false));
        report = Optional.of(GroupReport.of("n1", alone, 100));
        assertThat(safety(alone).quorumLoss()).containsExactly(0);

        DivisionView behind = Views.leader(Views.replica("n2", 9, true), Views.replica("n3", 9, true));
        report = Optional.of(GroupReport.of("n1", behind, 100));
        assertThat(safety(behind).quorumLoss()).isEmpty();
        assertThat(safety(behind).offline()).containsExactly(0);
    }

    @Test
    void aFollowerMayGoOnlyWhenItsLeaderSaysThatTheThirdIsThere() throws Exception {
        DivisionView view = Views.follower(Optional.of("n2"), DivisionState.SERVING, 100);
        assertThat(safety(view).quorumLoss()).containsExactly(0);

        report = GroupReport.decode("n2 7 n1=in_sync n2=in_sync n3=offline".getBytes(US_ASCII));
        assertThat(safety(view).quorumLoss()).containsExactly(0);

        report = GroupReport.decode("n2 7 n1=in_sync n2=in_sync n3=behind".getBytes(US_ASCII));
        assertThat(safety(view).isSafe()).isTrue();
    }

    private List<String> seen(DivisionView view) {
        List<String> seen = new ArrayList<>();
        shards(view)
                .visitShards((id, status, leadership, term, commit, applied) ->
                        seen.add(id + " " + status + " " + leadership + " " + term + " " + commit + " " + applied));
        return seen;
    }

    private RestartSafety safety(DivisionView view) throws Exception {
        return RestartSafety.of(shards(view));
    }

    private RaftShards shards(DivisionView view) {
        return new RaftShards(() -> List.of(view), 4, "n1", new Told(), leaders, action -> {});
    }

    private final class Told implements ReplicaReports {

        @Override
        public Optional<GroupReport> report(DivisionView view) {
            return report;
        }

        @Override
        public long settledIndex(DivisionView view) {
            return view.commitIndex();
        }
    }
}
