package dev.outrigger.netty;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.cluster.ShardRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster of which a test decides how it is and what becomes of what is asked of it. This node is {@code a:1}. */
final class FakeCluster implements ClusterProvider {

    /** What the sidecar's log must tell of and its clients must not hear. */
    static final String FAILURE = "the ring is broken";

    final List<String> done = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();

    private volatile List<Member> others =
            List.of(Member.of("b:1", 2, MemberStatus.UP).version("1.2"));
    private volatile MemberStatus self = MemberStatus.UP;
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile boolean failing;
    private volatile Runnable leaving = () -> {};

    void self(MemberStatus status) {
        self = status;
    }

    void others(Member... members) {
        others = List.of(members);
    }

    void whenLeaving(Runnable action) {
        leaving = action;
    }

    void fail(boolean fails) {
        failing = fails;
    }

    /** Answers nothing more until the latch is counted down. */
    CountDownLatch hang() {
        CountDownLatch latch = new CountDownLatch(1);
        answers = latch;
        return latch;
    }

    @Override
    public ClusterState state() throws Exception {
        asked.incrementAndGet();
        answers.await();
        failIfToldTo();
        List<Member> members = new ArrayList<>(others);
        members.add(Member.of("a:1", 1, self).roles("compute"));
        return new ClusterState(
                members.get(members.size() - 1).uniqueAddress(), Optional.of(new NodeAddress("b:1")), members);
    }

    @Override
    public Set<String> shardTypes() {
        return Set.of("cart");
    }

    @Override
    public List<ShardRegion> shardRegions(String type) {
        return List.of(ShardRegion.of("a:1", List.of(2, 0, 1)), ShardRegion.of("b:1", List.of()));
    }

    @Override
    public void leave() {
        done.add("leave");
        leaving.run();
        failIfToldTo();
    }

    @Override
    public void down(NodeAddress address) {
        failIfToldTo();
        done.add("down " + address);
    }

    private void failIfToldTo() {
        if (failing) {
            throw new IllegalStateException(FAILURE);
        }
    }
}
