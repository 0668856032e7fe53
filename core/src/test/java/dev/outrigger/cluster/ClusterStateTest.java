package dev.outrigger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterStateTest {

    private static final Member A = Member.of("a:1", 1, MemberStatus.UP);
    private static final Member B = Member.of("b:1", 2, MemberStatus.UP);

    @Test
    void membersStandInTheOrderOfTheirAddresses() {
        Member older = Member.of("b:1", 1, MemberStatus.DOWN);
        assertThat(state(A, B, older, A).members()).containsExactly(A, older, B);
    }

    @Test
    void aMemberStandsThereOnce() {
        assertThatThrownBy(() -> new ClusterState(A.uniqueAddress(), Optional.empty(), List.of(A, A)))
                .hasMessage("member: a:1 (expected: each one once)");
    }

    @Test
    void whoIsNoMemberCountsAsRemoved() {
        assertThat(state(A, A).selfStatus()).isEqualTo(MemberStatus.UP);
        assertThat(state(A, B).selfStatus()).isEqualTo(MemberStatus.REMOVED);
        assertThat(state(A, Member.of("a:1", 9, MemberStatus.UP)).selfStatus()).isEqualTo(MemberStatus.REMOVED);
    }

    @Test
    void aNodeIsAloneWhenEverybodyElseIsGone() {
        assertThat(ClusterState.alone(A).isOnlyMember()).isTrue();
        assertThat(state(A, A, Member.of("b:1", 2, MemberStatus.DOWN), Member.of("c:1", 3, MemberStatus.REMOVED))
                        .isOnlyMember())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = MemberStatus.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DOWN", "REMOVED"})
    void aNodeIsNotAloneWhileAnotherMayComeBack(MemberStatus other) {
        assertThat(state(A, A, Member.of("b:1", 2, other)).isOnlyMember()).isFalse();
    }

    @Test
    void theLeaderIsKnownByItsAddress() {
        assertThat(ClusterState.alone(A).isLeader()).isTrue();
        assertThat(new ClusterState(A.uniqueAddress(), Optional.of(B.address()), List.of(A, B)).isLeader())
                .isFalse();
        assertThat(state(A, A).isLeader()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "ä:1"})
    void anAddressIsVisibleAscii(String bad) {
        assertThatThrownBy(() -> new NodeAddress(bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressIsNotEndless() {
        assertThat(new NodeAddress("a".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> new NodeAddress("a".repeat(256)))
                .hasMessage("address: 256 characters (expected: 1 to 255, all of them visible ASCII)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h",
                "h:80",
                "http://",
                "http:///x",
                "http://u:p@h/",
                "http://h/?q",
                "http://h/#f",
                "http://h:0",
                "http://h:65536",
                "http://a b",
                "%"
            })
    void anOpsUrlIsOneThatCanBePinged(String bad) {
        assertThatThrownBy(() -> A.opsUrl(bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ops url: ")
                .hasMessageNotContaining("u:p");
    }

    @Test
    void rolesStandInOrderAndOnce() {
        assertThat(A.roles("storage", "compute", "storage").roles()).containsExactly("compute", "storage");
        assertThatThrownBy(() -> A.roles("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRegionHasItsShardsInOrderAndOnce() {
        assertThat(ShardRegion.of("a:1", List.of(3, 1, 2)).shards()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> ShardRegion.of("a:1", List.of(1, 1)))
                .hasMessage("shard: 1 (expected: >= 0, and each one once)");
        assertThatThrownBy(() -> ShardRegion.of("a:1", List.of(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ClusterState state(Member self, Member... members) {
        return new ClusterState(self.uniqueAddress(), Optional.empty(), List.of(members));
    }
}
