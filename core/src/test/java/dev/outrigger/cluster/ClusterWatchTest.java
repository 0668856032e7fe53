package dev.outrigger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.outrigger.health.DrivenMonitor;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthStatus;
import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterWatchTest {

    private static final Member SELF = Member.of("a:1", 1, MemberStatus.UP);
    private static final Member PEER = Member.of("b:1", 2, MemberStatus.UP);

    private final ManualTime time = new ManualTime();
    private final HostCalls calls = new HostCalls(time);
    private final FakeProvider provider = new FakeProvider();
    private final ClusterWatch watch = new ClusterWatch(provider, calls);

    @Test
    void aMemberThatIsUpIsReady() throws Exception {
        provider.members = List.of(SELF, PEER);
        assertThat(watch.check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(watch.check().details()).containsEntry("address", "a:1").containsEntry("members", 2L);
        assertThat(watch.latest()).hasValue(provider.state());
    }

    @ParameterizedTest
    @EnumSource(value = MemberStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "UP")
    void aMemberThatIsAnythingElseIsNot(MemberStatus status) throws Exception {
        provider.members = List.of(Member.of("a:1", 1, status));
        assertThat(watch.check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(watch.check().message()).hasValue("this member is " + status.word());
    }

    @Test
    void comingGoingAndChangingAreCounted() throws Exception {
        look(SELF);
        assertThat(watch.changes()).as("the first look").isZero();
        look(SELF, PEER);
        assertThat(watch.changes()).as("one came").isEqualTo(1);
        look(SELF, Member.of("b:1", 2, MemberStatus.UNREACHABLE));
        assertThat(watch.changes()).as("one changed").isEqualTo(2);
        look(SELF, Member.of("b:1", 3, MemberStatus.UP));
        assertThat(watch.changes()).as("one was replaced").isEqualTo(4);
        look(SELF, Member.of("b:1", 3, MemberStatus.UP));
        assertThat(watch.changes()).isEqualTo(4);
    }

    @Test
    void aProviderThatDoesNotAnswerOthersIsNotAskedHere() throws Exception {
        HealthStatus status = calls.make(() -> {
            time.move(HostCalls.DEADLINE);
            return watch.check().status();
        });
        assertThat(status).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(provider.asked).isZero();
    }

    @Test
    void whatAProviderThrowsOrReturnsForNothingIsAFailure() {
        provider.members = null;
        assertThatThrownBy(watch::check).isInstanceOf(NullPointerException.class);
        assertThat(watch.latest()).isEmpty();
    }

    @Test
    void membersWithAnOpsAddressBecomePeersAndAreForgotten() throws Exception {
        DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder());
        Connectivity connectivity = Connectivity.of(
                List.of(),
                () -> {
                    throw new IllegalStateException("no TLS here");
                },
                driven.monitor);
        watch.tell(connectivity);
        look(
                SELF.opsUrl("http://127.0.0.1:1"),
                Member.of("a:1", 0, MemberStatus.DOWN).opsUrl("http://127.0.0.1:1"),
                PEER.opsUrl("http://127.0.0.1:2"),
                Member.of("c:1", 3, MemberStatus.UP),
                Member.of("d:1", 4, MemberStatus.REMOVED).opsUrl("http://127.0.0.1:4"),
                Member.of("e:1", 5, MemberStatus.UNREACHABLE).opsUrl("http://127.0.0.1:5"));
        assertThat(connectivity.clients()).extracting(ClientReport::name).containsExactly("b:1", "e:1");
        assertThat(connectivity.clients()).extracting(ClientReport::status).containsOnly(ClientStatus.UNKNOWN);
        look(SELF, PEER.opsUrl("http://127.0.0.1:7"));
        assertThat(connectivity.clients())
                .extracting(client -> client.url().orElseThrow())
                .containsExactly("http://127.0.0.1:7");
        driven.live(Duration.ofSeconds(1));
        assertThat(connectivity.clients())
                .extracting(ClientReport::status, client -> client.message().orElse(""))
                .containsExactly(tuple(ClientStatus.OFFLINE, "Connection refused"));
        look(SELF);
        assertThat(connectivity.clients()).isEmpty();
    }

    @Test
    void notEveryMemberOfAHugeClusterIsProbed() throws Exception {
        Connectivity connectivity = Connectivity.of(
                List.of(),
                () -> {
                    throw new IllegalStateException("no TLS here");
                },
                new DrivenMonitor(HealthMonitor.builder()).monitor);
        watch.tell(connectivity);
        Member[] members = new Member[1_000];
        for (int i = 0; i < members.length; i++) {
            members[i] = Member.of("m" + i + ":1", 1, MemberStatus.UP).opsUrl("http://127.0.0.1:1");
        }
        look(members);
        assertThat(connectivity.clients()).hasSize(100);
    }

    private void look(Member... members) throws Exception {
        provider.members = List.of(members);
        watch.check();
    }

    private static final class FakeProvider implements ClusterProvider {

        private List<Member> members = List.of(SELF);
        private int asked;

        @Override
        public ClusterState state() {
            asked++;
            return members == null
                    ? null
                    : new ClusterState(SELF.uniqueAddress(), Optional.of(SELF.address()), members);
        }

        @Override
        public void leave() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void down(NodeAddress address) {
            throw new IllegalStateException("not asked for");
        }
    }
}
