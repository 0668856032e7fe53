package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** Changes who is in a group, and who leads it. Every method waits, and throws what {@link Router} throws. */
final class Configurations {

    private final Router router;
    private final LocalDivisions divisions;
    private final Duration handOverTimeout;

    Configurations(Router router, LocalDivisions divisions, Duration electionTimeout) {
        this.router = requireNonNull(router, "router");
        this.divisions = requireNonNull(divisions, "divisions");
        this.handOverTimeout = electionTimeout.multipliedBy(4);
    }

    /** Adds a member that waits for that, once it has caught up with the log. */
    void add(GroupName group, RaftPeer peer) {
        SetConfigurationRequest.Arguments arguments = SetConfigurationRequest.Arguments.newBuilder()
                .setServersInNewConf(List.of(peer))
                .setMode(SetConfigurationRequest.Mode.ADD)
                .build();
        change(group, arguments);
    }

    /** Takes a member out of a group; does nothing where it is not in there. */
    void remove(GroupName group, RaftPeerId member) {
        Collection<RaftPeer> current = current(group);
        if (current.stream().noneMatch(peer -> peer.getId().equals(member))) {
            return;
        }
        SetConfigurationRequest.Arguments arguments = SetConfigurationRequest.Arguments.newBuilder()
                .setServersInCurrentConf(List.copyOf(current))
                .setServersInNewConf(current.stream()
                        .filter(peer -> !peer.getId().equals(member))
                        .toList())
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .build();
        change(group, arguments);
    }

    /** Returns who is in a group, as whoever leads it has it, or as this node does where nobody answers. */
    private Collection<RaftPeer> current(GroupName group) {
        Optional<RaftPeerId> leader = divisions.leader(group).filter(id -> !id.equals(divisions.self()));
        return leader.flatMap(id -> router.ask(group, id)).orElseGet(() -> divisions.members(group));
    }

    /** Has another member lead a group that this node leads; does nothing where it does not, or is alone. */
    void handOver(GroupName group) {
        Optional<RaftPeerId> successor = successor(group);
        if (!divisions.leads(group) || successor.isEmpty()) {
            return;
        }
        router.administer(
                group,
                (client, server, callId, millis) -> new TransferLeadershipRequest(
                        client,
                        server,
                        RaftIds.group(group),
                        callId,
                        successor.get(),
                        Math.min(millis, handOverTimeout.toMillis())));
    }

    /** Returns the follower that has most of the log: any other would have to catch up, and nobody is served while one does. */
    private Optional<RaftPeerId> successor(GroupName group) {
        return divisions.division(group).map(RaftServer.Division::getInfo).flatMap(Configurations::nearest);
    }

    private static Optional<RaftPeerId> nearest(DivisionInfo division) {
        List<ServerRpcProto> followers =
                division.getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
        long @Nullable [] matches = division.getFollowerMatchIndices();
        if (matches == null) {
            return Optional.empty(); // it leads no more
        }
        return IntStream.range(0, Math.min(followers.size(), matches.length))
                .boxed()
                .max(Comparator.comparingLong(follower -> matches[follower]))
                .map(follower ->
                        RaftPeerId.valueOf(followers.get(follower).getId().getId()));
    }

    private void change(GroupName group, SetConfigurationRequest.Arguments arguments) {
        router.administer(
                group,
                (client, server, callId, millis) ->
                        new SetConfigurationRequest(client, server, RaftIds.group(group), callId, arguments));
    }
}
