package dev.outrigger.shard;

import static dev.outrigger.shard.ReplicaPlace.ELSEWHERE;
import static dev.outrigger.shard.ReplicaPlace.HERE;
import static dev.outrigger.shard.ReplicaRole.COPY;
import static dev.outrigger.shard.ReplicaRole.VOTER;
import static dev.outrigger.shard.ReplicaState.BEHIND;
import static dev.outrigger.shard.ReplicaState.IN_SYNC;
import static dev.outrigger.shard.ReplicaState.OFFLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestartSafetyTest {

    private final FakeReplicas replicas = new FakeReplicas();

    @Test
    void aNodeWithoutShardsMayGo() throws Exception {
        assertThat(verdict()).isEqualTo(new RestartSafety(List.of(), List.of(), List.of(), List.of(), 100));
        assertThat(verdict().isSafe()).isTrue();
        assertThat(verdict().allowsLeaving()).isTrue();
    }

    @Test
    void oneOfThreeVotersMayGoWhileTheOthersRun() throws Exception {
        replicas.shard(7).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, IN_SYNC);
        assertThat(verdict().isSafe()).isTrue();
    }

    @Test
    void aSecondVoterMayNotGo() throws Exception {
        replicas.shard(7).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, OFFLINE);
        assertThat(verdict().quorumLoss()).containsExactly(7);
        assertThat(verdict().offline()).isEmpty();
        assertThat(verdict().isSafe()).isFalse();
        assertThat(verdict().allowsLeaving()).isFalse();
    }

    @Test
    void aVoterThatIsBehindVotesAllTheSame() throws Exception {
        replicas.shard(7).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, BEHIND);
        assertThat(verdict().isSafe()).isTrue();
    }

    @Test
    void theMajorityIsOneOfAllVotersNotOfThoseThatRun() throws Exception {
        replicas.shard(4).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, IN_SYNC, OFFLINE);
        replicas.shard(5).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, IN_SYNC, IN_SYNC, OFFLINE);
        replicas.shard(6).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, IN_SYNC, OFFLINE, OFFLINE);
        assertThat(verdict().quorumLoss()).containsExactly(4, 6);
    }

    @Test
    void oneOfTwoVotersNeverMayGo() throws Exception {
        replicas.shard(0).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC);
        assertThat(verdict().quorumLoss()).containsExactly(0);
    }

    @Test
    void learnersAreNoPartOfTheQuorum() throws Exception {
        replicas.shard(1)
                .with(HERE, VOTER, IN_SYNC)
                .with(ELSEWHERE, VOTER, IN_SYNC, OFFLINE)
                .with(ELSEWHERE, COPY, IN_SYNC);
        replicas.shard(2).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, VOTER, IN_SYNC, OFFLINE, OFFLINE);
        assertThat(verdict().quorumLoss()).containsExactly(1);
        assertThat(verdict().offline()).isEmpty();
    }

    @Test
    void aQuorumThatThisNodeDoesNotHelpToMakeIsNotLostWithIt() throws Exception {
        replicas.shard(1).with(HERE, VOTER, OFFLINE).with(ELSEWHERE, VOTER, IN_SYNC, OFFLINE);
        replicas.shard(2).with(ELSEWHERE, VOTER, IN_SYNC, OFFLINE, OFFLINE);
        assertThat(verdict().isSafe()).isTrue();
    }

    @Test
    void withNobodyInSyncElsewhereTheShardGoesOffline() throws Exception {
        replicas.shard(1).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, OFFLINE, OFFLINE);
        replicas.shard(2).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, BEHIND);
        replicas.shard(3).with(HERE, COPY, BEHIND).with(ELSEWHERE, COPY, OFFLINE);
        replicas.shard(4).with(HERE, COPY, OFFLINE).with(ELSEWHERE, COPY, OFFLINE);
        replicas.shard(5).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, OFFLINE, IN_SYNC);
        assertThat(verdict().offline()).containsExactly(1, 2, 3);
        assertThat(verdict().quorumLoss()).isEmpty();
        assertThat(verdict().allowsLeaving()).isFalse();
    }

    @Test
    void aShardMayBeAtSeveralRisks() throws Exception {
        replicas.shard(9, 2).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, OFFLINE, OFFLINE);
        assertThat(verdict()).isEqualTo(new RestartSafety(List.of(9), List.of(9), List.of(9), List.of(), 100));
    }

    @Test
    void writesAreRefusedBelowTheLeastNumberInSync() throws Exception {
        replicas.shard(1, 2).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, IN_SYNC, BEHIND);
        replicas.shard(2, 2).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, IN_SYNC, IN_SYNC);
        replicas.shard(3, 0).with(HERE, COPY, IN_SYNC).with(ELSEWHERE, COPY, IN_SYNC, OFFLINE);
        assertThat(verdict().belowMinInSync()).containsExactly(1);
        assertThat(verdict().isSafe()).isFalse();
        assertThat(verdict().allowsLeaving()).isFalse();
    }

    @Test
    void aReplicaThatIsNotInSyncIsNotMissedAmongThoseThatAre() throws Exception {
        replicas.shard(1, 2).with(HERE, COPY, BEHIND).with(ELSEWHERE, COPY, IN_SYNC, OFFLINE);
        assertThat(verdict().isSafe()).isTrue();
    }

    @Test
    void aSingleReplicaIsAReasonNotToRestartAndNoneNotToLeave() throws Exception {
        replicas.shard(1, 1).with(HERE, VOTER, IN_SYNC);
        replicas.shard(2).with(HERE, COPY, BEHIND);
        replicas.shard(3).with(HERE, COPY, OFFLINE);
        replicas.shard(4).with(ELSEWHERE, COPY, IN_SYNC);
        assertThat(verdict().singleReplica()).containsExactly(1, 2);
        assertThat(verdict().quorumLoss()).isEmpty();
        assertThat(verdict().offline()).isEmpty();
        assertThat(verdict().belowMinInSync()).isEmpty();
        assertThat(verdict().isSafe()).isFalse();
        assertThat(verdict().allowsLeaving()).isTrue();
    }

    @Test
    void onTheOnlyMemberNothingCounts() throws Exception {
        replicas.shard(1, 2).with(HERE, VOTER, IN_SYNC).with(ELSEWHERE, VOTER, OFFLINE);
        replicas.shard(2).with(HERE, COPY, BEHIND);
        assertThat(verdict().onOnlyMember())
                .isEqualTo(new RestartSafety(List.of(), List.of(), List.of(), List.of(), 50));
        assertThat(verdict().onOnlyMember().isSafe()).isTrue();
    }

    @Test
    void whatIsRecoveredIsTheShareOfReplicasHereThatAreInSync() throws Exception {
        for (int id = 0; id < 2000; id++) {
            replicas.shard(id).with(HERE, VOTER, id == 13 ? BEHIND : IN_SYNC).with(ELSEWHERE, VOTER, OFFLINE);
        }
        assertThat(verdict().recoveredPercent())
                .as("1999 of 2000, rounded down")
                .isEqualTo(99.9);
    }

    @Test
    void nothingIsRecoveredBeforeTheFirstReplicaIs() throws Exception {
        replicas.shard(0).with(HERE, VOTER, OFFLINE).with(ELSEWHERE, VOTER, IN_SYNC, IN_SYNC);
        assertThat(verdict().recoveredPercent()).isZero();
        assertThat(verdict().isSafe()).isTrue();
    }

    @Test
    void aProviderThatTellsNoReplicasHasOneOfEachOpenShard() throws Exception {
        ShardProvider plain = ShardProvider.of(
                16,
                () -> List.of(
                        ShardState.unreplicated(3, ShardStatus.DEGRADED),
                        ShardState.unreplicated(5, ShardStatus.UNAVAILABLE)));
        assertThat(RestartSafety.of(plain))
                .isEqualTo(new RestartSafety(List.of(), List.of(), List.of(), List.of(3), 50));
    }

    @Test
    void whatContradictsItselfIsDismissedWhole() {
        assertRefused(visitor -> visitor.shard(-1, 0), "shard id: -1 (expected: > -1)");
        assertRefused(visitor -> visitor.shard(0, -1), "shard 0, minInSync: -1 (expected: >= 0)");
        assertRefused(visitor -> visitor.shard(0, 0), "shard 0: no replica (expected: one or more)");
        assertRefused(
                visitor -> visitor.replica(HERE, VOTER, IN_SYNC),
                "shard -1, a replica (expected: of a shard, with a place, a role and a state)");
        assertRefused(
                visitor -> {
                    visitor.shard(4, 0);
                    visitor.replica(HERE, VOTER, IN_SYNC);
                    assertThat(visitor.shard(4, 0)).isFalse();
                    visitor.replica(HERE, VOTER, IN_SYNC);
                    assertThat(visitor.shard(5, 0)).isFalse();
                },
                "shard id: 4 (expected: > 4)");
    }

    @Test
    void aPercentageIsOne() {
        assertThatThrownBy(() -> new RestartSafety(List.of(), List.of(), List.of(), List.of(), Double.NaN))
                .hasMessage("recoveredPercent: NaN (expected: 0 to 100)");
    }

    private RestartSafety verdict() throws Exception {
        return RestartSafety.of(replicas);
    }

    private interface Visit {
        void to(ReplicaVisitor visitor);
    }

    private static void assertRefused(Visit visit, String message) {
        ShardProvider provider = new FakeReplicas() {
            @Override
            public void visitReplicas(ReplicaVisitor visitor) {
                visit.to(visitor);
            }
        };
        assertThatThrownBy(() -> RestartSafety.of(provider)).hasMessage(message);
    }
}
