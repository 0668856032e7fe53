package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.ReplicatedState;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's replicas. Safe for use by many threads; what only tells something never waits. */
final class LocalDivisions {

    private static final Logger LOG = LoggerFactory.getLogger(LocalDivisions.class);

    private final RaftPeerId self;
    private final List<GroupName> groups;
    private final Map<GroupName, ReplicaStateMachine> machines = new ConcurrentHashMap<>();
    private final Map<GroupName, RaftServer.Division> divisions = new ConcurrentHashMap<>();
    private volatile Optional<RaftServer> server = Optional.empty();
    private volatile Phase phase = Phase.STARTING;

    LocalDivisions(RaftPeerId self, List<GroupName> groups) {
        this.self = requireNonNull(self, "self");
        this.groups = List.copyOf(groups);
    }

    /** Where the engine is in its life. */
    enum Phase {
        STARTING,
        OPEN,
        CLOSED
    }

    RaftPeerId self() {
        return self;
    }

    List<GroupName> groups() {
        return groups;
    }

    Phase phase() {
        return phase;
    }

    void add(ReplicaStateMachine machine) {
        machines.put(machine.group(), machine);
    }

    /** Takes over a server, which is closed with this. */
    void take(RaftServer made) {
        server = Optional.of(made);
    }

    /** Notes the groups that the server has found on the disk and started. */
    void adopt() throws IOException {
        RaftServer running = server.orElseThrow();
        for (var id : running.getGroupIds()) {
            Optional<GroupName> name = RaftIds.name(id, groups);
            if (name.isPresent()) {
                divisions.put(name.get(), running.getDivision(id));
            }
        }
    }

    /** Opens a replica, unless it is there. */
    void open(GroupName group, Collection<RaftPeer> members) throws IOException {
        if (divisions.containsKey(group)) {
            return;
        }
        RaftServer running = server.orElseThrow();
        RaftGroup definition = RaftGroup.valueOf(RaftIds.group(group), members);
        RaftClientReply reply = running.groupManagement(
                GroupManagementRequest.newAdd(ClientId.randomId(), self, CallId.getAndIncrement(), definition));
        if (!reply.isSuccess()) {
            throw new IOException("the replica of " + group + " cannot be opened", reply.getException());
        }
        divisions.put(group, running.getDivision(RaftIds.group(group)));
    }

    /** Closes a replica and removes it, with everything that it has. */
    void remove(GroupName group) throws IOException {
        ReplicaStateMachine machine = machines.remove(group);
        if (machine != null) {
            machine.stop();
        }
        if (divisions.remove(group) != null) {
            server.orElseThrow()
                    .groupManagement(GroupManagementRequest.newRemove(
                            ClientId.randomId(), self, CallId.getAndIncrement(), RaftIds.group(group), true, false));
        }
        if (machine != null) {
            machine.home().delete();
        }
    }

    void opened() {
        phase = Phase.OPEN;
    }

    /** Ends all waiting: nothing is applied from now on, and nobody is let in. */
    void stop() {
        phase = Phase.CLOSED;
        machines.values().forEach(ReplicaStateMachine::stop);
    }

    /** Closes all replicas. */
    void close() {
        try {
            if (server.isPresent()) {
                server.get().close();
            }
        } catch (IOException e) {
            LOG.warn("Raft did not close in order", e);
        }
        machines.values().forEach(ReplicaStateMachine::close);
    }

    /** Hands a request to this node's replica of the group it names. */
    CompletableFuture<RaftClientReply> submit(RaftClientRequest request) {
        try {
            return RequestKind.submit(server.orElseThrow(), request);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns a replica that is open. */
    Optional<RaftServer.Division> division(GroupName group) {
        return Optional.ofNullable(divisions.get(group)).filter(LocalDivisions::isRunning);
    }

    /** Returns a replica, in whatever state. */
    Optional<RaftServer.Division> anyDivision(GroupName group) {
        return Optional.ofNullable(divisions.get(group));
    }

    Optional<ReplicaStateMachine> machine(GroupName group) {
        return Optional.ofNullable(machines.get(group));
    }

    Optional<ReplicatedState> state(GroupName group) {
        return machine(group).flatMap(ReplicaStateMachine::state);
    }

    /** Tells whether this node is a member of a group, as far as it knows. */
    boolean takesPart(GroupName group) {
        return division(group)
                .filter(division -> division.getRaftConf().getPeer(self) != null)
                .isPresent();
    }

    /** Returns who leads a group, as far as this node knows. */
    Optional<RaftPeerId> leader(GroupName group) {
        return division(group).map(division -> division.getInfo().getLeaderId());
    }

    boolean leads(GroupName group) {
        return division(group).filter(division -> division.getInfo().isLeader()).isPresent();
    }

    /** Returns the members of a group, as far as this node knows. */
    Collection<RaftPeer> members(GroupName group) {
        return division(group)
                .map(division -> division.getRaftConf().getAllPeers())
                .orElse(List.of());
    }

    private static boolean isRunning(RaftServer.Division division) {
        return division.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING;
    }
}
