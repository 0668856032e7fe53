package dev.outrigger.example.raft.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.shard.ReplicaState;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupReportTest {

    @Test
    void aFollowerIsInSyncWhenItHasWhatWasCommittedAMomentAgo() {
        GroupReport report =
                GroupReport.of("n1", Views.leader(Views.replica("n2", 90, true), Views.replica("n3", 89, true)), 90);

        assertThat(report.of("n1")).isEqualTo(ReplicaState.IN_SYNC);
        assertThat(report.of("n2")).isEqualTo(ReplicaState.IN_SYNC);
        assertThat(report.of("n3")).isEqualTo(ReplicaState.BEHIND);
    }

    @Test
    void whoIsNotReachedOrNotKnownIsOffline() {
        GroupReport report = GroupReport.of(
                "n1", Views.leader(Views.replica("n2", 100, false), Views.replica("n3", 100, true)), 100);

        assertThat(report.of("n2")).isEqualTo(ReplicaState.OFFLINE);
        assertThat(report.of("n4")).isEqualTo(ReplicaState.OFFLINE);
    }

    @Test
    void anOwnReplicaIsInSyncOnlyWhereItAppliesWhatALeaderSays() {
        Optional<String> leader = Optional.of("n2");

        assertThat(GroupReport.own(Views.follower(leader, DivisionState.SERVING, 100), 100))
                .isEqualTo(ReplicaState.IN_SYNC);
        assertThat(GroupReport.own(Views.follower(leader, DivisionState.SERVING, 99), 100))
                .isEqualTo(ReplicaState.BEHIND);
        assertThat(GroupReport.own(Views.follower(Optional.empty(), DivisionState.SERVING, 100), 100))
                .isEqualTo(ReplicaState.BEHIND);
        assertThat(GroupReport.own(Views.follower(leader, DivisionState.HEALING, 100), 100))
                .isEqualTo(ReplicaState.BEHIND);
        assertThat(GroupReport.own(Views.follower(leader, DivisionState.FAILED, 100), 100))
                .isEqualTo(ReplicaState.OFFLINE);
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        GroupReport report =
                GroupReport.of("n1", Views.leader(Views.replica("n2", 1, true), Views.replica("n3", 100, false)), 100);

        assertThat(new String(report.encode(), US_ASCII)).isEqualTo("n1 7 n1=in_sync n2=behind n3=offline");
        assertThat(GroupReport.decode(report.encode())).contains(report);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n1", "n1 x", "n1 7 n2", "n1 7 n2=well"})
    void whatIsNoReportIsPassedOver(String text) {
        assertThat(GroupReport.decode(text.getBytes(US_ASCII))).isEmpty();
    }
}
