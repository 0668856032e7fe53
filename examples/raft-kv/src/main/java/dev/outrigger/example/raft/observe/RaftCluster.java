package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.cluster.ShardRegion;
import dev.outrigger.cluster.UniqueAddress;
import dev.outrigger.example.raft.engine.DivisionRole;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.GroupName;
import dev.outrigger.example.raft.engine.MemberAddress;
import dev.outrigger.example.raft.engine.MemberView;
import dev.outrigger.shard.ReplicaState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows the sidecar the members that the metadata group agrees on. Answers from what this node knows, and never waits.
 *
 * <p>A member's address is its id. It is unreachable when the leader of the metadata group does not reach it, and, where this node hears of
 * no leader, as long as that lasts: of whom it hears nothing it can say nothing better.
 */
final class RaftCluster implements ClusterProvider {

    private static final String TYPE = "kv";

    private final Engine engine;
    private final MemberAddress self;
    private final ReplicaReports reports;
    private final LeaderWatch leaders;
    private final MemberFacts facts;
    private volatile boolean left;

    RaftCluster(Engine engine, MemberAddress self, ReplicaReports reports, LeaderWatch leaders, MemberFacts facts) {
        this.engine = requireNonNull(engine, "engine");
        this.self = requireNonNull(self, "self");
        this.reports = requireNonNull(reports, "reports");
        this.leaders = requireNonNull(leaders, "leaders");
        this.facts = requireNonNull(facts, "facts");
    }

    /**
     * What holds for the members of this cluster.
     *
     * @param scheme in which their sidecars are asked: {@code http} or {@code https}
     * @param version of this node; that of the others is not known here
     */
    record MemberFacts(String scheme, String version) {

        MemberFacts {
            requireNonNull(scheme, "scheme");
            requireNonNull(version, "version");
        }
    }

    @Override
    public ClusterState state() {
        Optional<DivisionView> metadata = metadata();
        List<Member> members = new ArrayList<>();
        for (MemberView view : engine.membership().members()) {
            members.add(member(view.address(), view.uid(), status(view, metadata)));
        }
        Member own = members.stream()
                .filter(member -> member.address().value().equals(self.id()))
                .findFirst()
                .orElseGet(() -> member(self, 0, left ? MemberStatus.REMOVED : MemberStatus.JOINING));
        if (!members.contains(own)) {
            members.add(own);
        }
        Optional<NodeAddress> leader = metadata.flatMap(DivisionView::leader).map(NodeAddress::new);
        return new ClusterState(own.uniqueAddress(), leader, members);
    }

    private Optional<DivisionView> metadata() {
        return engine.divisions().stream()
                .filter(view -> view.group().equals(GroupName.METADATA))
                .findFirst();
    }

    private Member member(MemberAddress address, long uid, MemberStatus status) {
        boolean here = address.id().equals(self.id());
        URI opsUrl = URI.create(facts.scheme() + "://" + address.host() + ":" + address.opsPort());
        return new Member(
                UniqueAddress.of(address.id(), uid),
                status,
                new TreeSet<>(Set.of("data")),
                here ? Optional.of(facts.version()) : Optional.empty(),
                Optional.of(opsUrl));
    }

    private MemberStatus status(MemberView member, Optional<DivisionView> metadata) {
        boolean here = member.address().id().equals(self.id());
        return switch (member.state()) {
            case JOINING -> MemberStatus.JOINING;
            case LEAVING -> MemberStatus.LEAVING;
            case DOWN -> MemberStatus.DOWN;
            case UP -> here || isHeardOf(member.address().id(), metadata) ? MemberStatus.UP : MemberStatus.UNREACHABLE;
        };
    }

    private boolean isHeardOf(String node, Optional<DivisionView> metadata) {
        if (metadata.isEmpty() || leaders.isAbandoned(GroupName.METADATA)) {
            return false;
        }
        boolean leads = metadata.get().role() == DivisionRole.LEADER;
        boolean missedHere = metadata.get().replicas().stream()
                .filter(replica -> replica.node().equals(node))
                .anyMatch(replica -> !replica.reachable());
        boolean missedByLeader = !leads
                && reports.report(metadata.get())
                        .map(report -> report.replicas().get(node))
                        .filter(state -> state == ReplicaState.OFFLINE)
                        .isPresent();
        return !missedHere && !missedByLeader;
    }

    @Override
    public Set<String> shardTypes() {
        return Set.of(TYPE);
    }

    /** Returns who leads which shard, as far as this node knows. */
    @Override
    public List<ShardRegion> shardRegions(String type) {
        List<DivisionView> divisions = engine.divisions();
        return state().members().stream()
                .filter(member -> !member.status().isGone())
                .map(member ->
                        new ShardRegion(member.address(), ledBy(member.address().value(), divisions)))
                .toList();
    }

    private static List<Integer> ledBy(String node, List<DivisionView> divisions) {
        return divisions.stream()
                .filter(view -> view.leader().equals(Optional.of(node)))
                .flatMap(view -> view.group().shard().stream().boxed())
                .toList();
    }

    @Override
    public void leave() {
        engine.membership().leave();
        left = true;
    }

    @Override
    public void down(NodeAddress address) {
        engine.membership().down(address.value());
    }
}
