package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** Tells how this node's replicas are, without waiting for anything. */
final class DivisionViews {

    private final LocalDivisions divisions;
    private final long silenceMillis;

    /**
     * @param electionTimeout how long nothing need be heard of a leader until another is elected
     */
    DivisionViews(LocalDivisions divisions, Duration electionTimeout) {
        this.divisions = requireNonNull(divisions, "divisions");
        this.silenceMillis = electionTimeout.multipliedBy(4).toMillis();
    }

    List<DivisionView> all() {
        return divisions.groups().stream().map(this::view).toList();
    }

    private DivisionView view(GroupName group) {
        Optional<RaftServer.Division> division = divisions.anyDivision(group);
        if (division.isEmpty()) {
            return new DivisionView(group, DivisionRole.NONE, absent(), 0, -1, -1, Optional.empty(), List.of());
        }
        DivisionInfo info = division.get().getInfo();
        DivisionState state = state(group, info.getLifeCycleState());
        if (state == DivisionState.OPENING || state == DivisionState.FAILED) {
            return new DivisionView(
                    group, DivisionRole.NONE, state, info.getCurrentTerm(), -1, -1, Optional.empty(), List.of());
        }
        return new DivisionView(
                group,
                role(info.getCurrentRole()),
                state,
                info.getCurrentTerm(),
                division.get().getRaftLog().getLastCommittedIndex(),
                info.getLastAppliedIndex(),
                Optional.ofNullable(info.getLeaderId()).map(RaftPeerId::toString),
                replicas(division.get()));
    }

    private DivisionState absent() {
        return divisions.phase() == LocalDivisions.Phase.CLOSED ? DivisionState.FAILED : DivisionState.OPENING;
    }

    private DivisionState state(GroupName group, LifeCycle.State life) {
        return switch (life) {
            case NEW, STARTING -> DivisionState.OPENING;
            case RUNNING ->
                divisions.machine(group).filter(ReplicaStateMachine::isHealing).isPresent()
                        ? DivisionState.HEALING
                        : DivisionState.SERVING;
            case PAUSING, PAUSED -> DivisionState.HEALING;
            case EXCEPTION, CLOSING, CLOSED -> DivisionState.FAILED;
        };
    }

    private static DivisionRole role(RaftPeerRole role) {
        return switch (role) {
            case LEADER -> DivisionRole.LEADER;
            case CANDIDATE -> DivisionRole.CANDIDATE;
            case FOLLOWER, LISTENER -> DivisionRole.FOLLOWER;
            case UNRECOGNIZED -> DivisionRole.NONE;
        };
    }

    private List<ReplicaView> replicas(RaftServer.Division division) {
        RoleInfoProto role = division.getInfo().getRoleInfoProto();
        Map<String, ServerRpcProto> heard = heard(role);
        Map<String, Long> matches = matches(role, division.getInfo().getFollowerMatchIndices());
        matches.put(division.getId().toString(), lastIndex(division));
        List<ReplicaView> replicas = new ArrayList<>();
        for (RaftPeer peer : division.getRaftConf().getAllPeers()) {
            String node = peer.getId().toString();
            ServerRpcProto rpc = heard.get(node);
            boolean reachable = rpc == null || rpc.getLastRpcElapsedTimeMs() <= silenceMillis;
            Long match = matches.get(node);
            replicas.add(new ReplicaView(
                    node, true, match == null ? OptionalLong.empty() : OptionalLong.of(match), reachable));
        }
        replicas.sort(Comparator.comparing(ReplicaView::node));
        return replicas;
    }

    /** Returns when which member was heard: a leader hears all, a follower the leader. */
    private static Map<String, ServerRpcProto> heard(RoleInfoProto role) {
        Map<String, ServerRpcProto> heard = new HashMap<>();
        if (role.hasLeaderInfo()) {
            role.getLeaderInfo().getFollowerInfoList().forEach(rpc -> heard.put(node(rpc), rpc));
        } else if (role.hasFollowerInfo() && role.getFollowerInfo().hasLeaderInfo()) {
            ServerRpcProto leader = role.getFollowerInfo().getLeaderInfo();
            heard.put(node(leader), leader);
        }
        return heard;
    }

    /** Returns how far whose log is. The two lists come in one order, unless a member has just come or gone. */
    private static Map<String, Long> matches(RoleInfoProto role, long @Nullable [] indices) {
        Map<String, Long> matches = new HashMap<>();
        List<ServerRpcProto> followers = role.getLeaderInfo().getFollowerInfoList();
        if (role.hasLeaderInfo() && indices != null && indices.length == followers.size()) {
            for (int i = 0; i < indices.length; i++) {
                matches.put(node(followers.get(i)), indices[i]);
            }
        }
        return matches;
    }

    private static long lastIndex(RaftServer.Division division) {
        TermIndex last = division.getRaftLog().getLastEntryTermIndex();
        return last == null ? division.getInfo().getLastAppliedIndex() : last.getIndex();
    }

    private static String node(ServerRpcProto rpc) {
        return rpc.getId().getId().toStringUtf8();
    }
}
