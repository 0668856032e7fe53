package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * The way to whoever leads a group: on this node without the network, else over it. A call is sent until it is answered or its time is up, always
 * under the same identity, so that a group does it once. Safe for use by many threads, which wait.
 */
final class Router {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ClientId client = ClientId.randomId();
    private final LocalDivisions divisions;
    private final PeerBook peers;
    private final Attempt attempt;
    private final Duration timeout;

    Router(LocalDivisions divisions, PeerBook peers, Duration timeout) {
        this.divisions = requireNonNull(divisions, "divisions");
        this.peers = requireNonNull(peers, "peers");
        this.attempt = new Attempt(divisions, peers);
        this.timeout = requireNonNull(timeout, "timeout");
    }

    /** Returns the same way, for calls that must not take longer than this. */
    Router within(Duration shorter) {
        return new Router(divisions, peers, shorter.compareTo(timeout) < 0 ? shorter : timeout);
    }

    /** Makes the request of one attempt. */
    @FunctionalInterface
    interface Requests {

        RaftClientRequest of(ClientId client, RaftPeerId server, long callId, long timeoutMillis);
    }

    /** Has a command done. */
    byte[] write(GroupName group, byte[] command) {
        Message message = Message.valueOf(ByteString.copyFrom(command));
        return answer(call(group, true, requests(group, RaftClientRequest.writeRequestType(), message)));
    }

    /** Asks whoever leads. */
    byte[] read(GroupName group, byte kind, byte[] question) {
        Message message = Reply.ask(kind, question);
        return answer(call(group, false, requests(group, RaftClientRequest.readRequestType(), message)));
    }

    /** Waits until this node's replica has everything that was acknowledged before. */
    void catchUp(GroupName group) {
        Message message = Reply.ask(Question.NOW, new byte[0]);
        Requests requests = requests(group, RaftClientRequest.readRequestType(), message);
        Deadline deadline = Deadline.in(timeout);
        long callId = CallId.getAndIncrement();
        while (!deadline.isOver()) {
            requireOpen();
            Outcome outcome =
                    attempt.here(requests.of(client, divisions.self(), callId, remaining(deadline)), deadline);
            if (outcome instanceof Outcome.Done) {
                return;
            }
            if (outcome instanceof Outcome.Failed failed) {
                throw new StoreException(Reason.FAILED, group + " failed", failed.cause());
            }
            deadline.pause(PAUSE);
        }
        throw new StoreException(Reason.SHARD_UNAVAILABLE, group + ": this node did not catch up in time");
    }

    /** Has whoever leads do something that is no command. */
    void administer(GroupName group, Requests requests) {
        call(group, true, requests);
    }

    /** Asks the other members, whatever this node thinks of itself. */
    byte[] readElsewhere(GroupName group, byte[] question) {
        Message message = Reply.ask(Question.STATE, question);
        Targets others = new Targets(group, true);
        return answer(call(group, others, false, requests(group, RaftClientRequest.readRequestType(), message)));
    }

    /** Asks a member who is in a group; empty where it does not answer. */
    Optional<Collection<RaftPeer>> ask(GroupName group, RaftPeerId member) {
        return attempt.members(new GroupInfoRequest(client, member, RaftIds.group(group), CallId.getAndIncrement()));
    }

    private Requests requests(GroupName group, RaftClientRequest.Type type, Message message) {
        return (id, server, callId, millis) -> RaftClientRequest.newBuilder()
                .setClientId(id)
                .setServerId(server)
                .setGroupId(RaftIds.group(group))
                .setCallId(callId)
                .setMessage(message)
                .setType(type)
                .setTimeoutMs(millis)
                .build();
    }

    private ByteString call(GroupName group, boolean changes, Requests requests) {
        return call(group, new Targets(group, false), changes, requests);
    }

    private ByteString call(GroupName group, Targets targets, boolean changes, Requests requests) {
        Deadline deadline = Deadline.in(timeout);
        long callId = CallId.getAndIncrement();
        boolean uncertain = false;
        while (!deadline.isOver() && !Thread.currentThread().isInterrupted()) {
            requireOpen();
            Optional<RaftPeerId> target = targets.next();
            if (target.isEmpty()) {
                deadline.pause(PAUSE);
                continue;
            }
            Outcome outcome = attempt.at(requests.of(client, target.get(), callId, remaining(deadline)), deadline);
            if (outcome instanceof Outcome.Done done) {
                return done.answer();
            }
            if (outcome instanceof Outcome.Failed failed) {
                throw new StoreException(Reason.FAILED, group + " failed", failed.cause());
            }
            uncertain |= changes && outcome instanceof Outcome.Unknown;
            targets.learn(outcome);
            deadline.pause(PAUSE);
        }
        throw uncertain
                ? new StoreException(Reason.UNCERTAIN, group + ": no answer in time, it may have been done")
                : new StoreException(Reason.SHARD_UNAVAILABLE, group + ": no leader in time");
    }

    private static byte[] answer(ByteString reply) {
        if (Reply.isDone(reply)) {
            return Reply.answer(reply);
        }
        throw Reply.isLost(reply)
                ? new StoreException(Reason.UNCERTAIN, "it was done, but its answer was lost with who did it")
                : new StoreException(Reason.FAILED, "a replica did not understand it");
    }

    private void requireOpen() {
        switch (divisions.phase()) {
            case OPEN -> {}
            case STARTING -> throw new StoreException(Reason.LOADING, "the node is starting");
            case CLOSED -> throw new StoreException(Reason.CLOSED, "the node is closed");
        }
    }

    private static long remaining(Deadline deadline) {
        return Math.max(1, deadline.remainingMillis());
    }

    /** Whom to ask: whoever is said to lead, by who was asked or by this node; where nobody here is in the group, one after another. */
    private final class Targets {

        private final GroupName group;
        private final boolean elsewhere;
        private Optional<RaftPeerId> told = Optional.empty();
        private int turn;

        Targets(GroupName group, boolean elsewhere) {
            this.group = group;
            this.elsewhere = elsewhere;
        }

        Optional<RaftPeerId> next() {
            Optional<RaftPeerId> target = told.filter(peers::knows);
            told = Optional.empty();
            if (target.isPresent()) {
                return target;
            }
            if (!elsewhere && divisions.takesPart(group)) {
                return divisions.leader(group).filter(peers::knows);
            }
            List<RaftPeer> others = peers.all().stream()
                    .filter(peer -> !peer.getId().equals(divisions.self()))
                    .toList();
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of(others.get(turn++ % others.size()).getId());
        }

        void learn(Outcome outcome) {
            if (outcome instanceof Outcome.Rejected rejected) {
                told = rejected.next();
            } else if (outcome instanceof Outcome.Unknown unknown) {
                told = unknown.next();
            }
        }
    }
}
