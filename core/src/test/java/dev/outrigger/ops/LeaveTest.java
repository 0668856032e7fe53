package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaveTest {

    private static final Duration DELAY = Duration.ofSeconds(16);

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ManualTime time = new ManualTime();
    private final ManualLoop loop = new ManualLoop(time);
    private final FakeHost host = new FakeHost();
    private final Leave leave = new Leave(
            host,
            () -> events.add("drained"),
            DELAY,
            loop,
            (operation, outcome, detail) -> events.add(operation + " " + outcome));

    @AfterEach
    void theThreadEnds() {
        host.goOn.countDown();
        leave.close(Duration.ofSeconds(10));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("outrigger-leave");
    }

    @Test
    void theHostIsAskedWhenBalancersHaveHadTheTimeToNotice() {
        assertThat(leave.isUnderWay()).isFalse();
        leave.begin();
        assertThat(leave.isUnderWay()).isTrue();
        assertThat(events).containsExactly("drained", "cluster.leave begun");
        pass(DELAY.minusMillis(1));
        assertThat(events).hasSize(2);
        pass(Duration.ofMillis(1));
        await().until(() -> events.size() == 4);
        assertThat(events.subList(2, 4)).containsExactly("left on outrigger-leave", "cluster.leave done");
        assertThat(leave.isUnderWay()).as("a node that has left").isTrue();
    }

    @Test
    void leavingTwiceIsLeavingOnce() {
        leave.begin();
        leave.begin();
        pass(DELAY);
        leave.begin();
        await().until(() -> events.contains("cluster.leave done"));
        leave.begin();
        pass(DELAY);
        assertThat(events).hasSize(4);
    }

    @Test
    void aLeaveThatFailedIsTriedAgainWithoutDelayWhenSomebodyAsks() {
        host.failing = true;
        leave.begin();
        pass(DELAY);
        await().until(() -> events.contains("cluster.leave failed"));
        assertThat(leave.hasFailed()).isTrue();
        assertThat(leave.isUnderWay()).isFalse();
        host.failing = false;
        leave.begin();
        assertThat(leave.hasFailed()).isFalse();
        pass(Duration.ZERO);
        await().until(() -> events.contains("cluster.leave done"));
        assertThat(events)
                .containsExactly(
                        "drained",
                        "cluster.leave begun",
                        "left on outrigger-leave",
                        "cluster.leave failed",
                        "drained",
                        "cluster.leave begun",
                        "left on outrigger-leave",
                        "cluster.leave done");
    }

    @Test
    void aLeaveThatHasNotReachedTheHostIsCalledOffByTheEnd() {
        leave.begin();
        leave.close(Duration.ZERO);
        pass(DELAY);
        assertThat(events).containsExactly("drained", "cluster.leave begun");
    }

    @Test
    void theEndDoesNotWaitForEverForAHostThatHangs() {
        host.hanging = true;
        leave.begin();
        pass(DELAY);
        await().until(() -> events.contains("left on outrigger-leave"));
        leave.close(Duration.ofMillis(1));
        assertThat(leave.isUnderWay()).isTrue();
        assertThat(leave.hasFailed()).isFalse();
    }

    private void pass(Duration duration) {
        time.move(duration);
        loop.runDue();
    }

    private final class FakeHost implements ClusterProvider {

        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile boolean failing;
        private volatile boolean hanging;

        @Override
        public ClusterState state() {
            return ClusterState.alone(Member.of("a:1", 1, MemberStatus.UP));
        }

        @Override
        public void leave() throws Exception {
            events.add("left on " + Thread.currentThread().getName());
            if (hanging) {
                goOn.await();
            }
            if (failing) {
                throw new IllegalStateException("cannot");
            }
        }

        @Override
        public void down(NodeAddress address) {
            throw new IllegalStateException("not asked for");
        }
    }
}
