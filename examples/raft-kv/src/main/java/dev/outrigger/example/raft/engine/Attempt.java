package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.GroupInfoRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.GroupMismatchException;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReadException;
import org.apache.ratis.protocol.exceptions.ReadIndexException;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.SetConfigurationException;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.apache.ratis.protocol.exceptions.TransferLeadershipException;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** Sends a request to one member, once, and tells what came of it. Safe for use by many threads, which wait. */
final class Attempt {

    private final LocalDivisions divisions;
    private final PeerBook peers;

    Attempt(LocalDivisions divisions, PeerBook peers) {
        this.divisions = requireNonNull(divisions, "divisions");
        this.peers = requireNonNull(peers, "peers");
    }

    /** Asks whom the request names. */
    Outcome at(RaftClientRequest request, Deadline deadline) {
        return request.getServerId().equals(divisions.self()) ? here(request, deadline) : there(request);
    }

    /** Asks this node's replica, whatever it is. */
    Outcome here(RaftClientRequest request, Deadline deadline) {
        CompletableFuture<RaftClientReply> answer = divisions.submit(request);
        try {
            return outcome(answer.get(Math.max(1, deadline.remainingMillis()), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown(Optional.empty());
        } catch (TimeoutException e) {
            return new Outcome.Unknown(Optional.empty());
        } catch (ExecutionException e) {
            return outcome(e);
        }
    }

    /** Asks a member who is in a group; empty where it does not answer. */
    Optional<Collection<RaftPeer>> members(GroupInfoRequest request) {
        try {
            RaftClientReply reply = peers.rpc().sendRequest(request);
            return reply instanceof GroupInfoReply info && info.isSuccess()
                    ? Optional.of(info.getGroup().getPeers())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Outcome there(RaftClientRequest request) {
        RaftPeerId server = request.getServerId();
        long connection = peers.connection(server);
        try {
            return outcome(peers.rpc().sendRequest(request));
        } catch (IOException e) {
            Outcome outcome = outcome(e);
            boolean answered = outcome instanceof Outcome.Rejected || causeOf(e) instanceof NotLeaderException;
            if (!(e instanceof TimeoutIOException) && (!answered || isRefused(e))) {
                peers.reconnect(server, connection, e);
            }
            return outcome;
        }
    }

    private Outcome outcome(RaftClientReply reply) {
        if (reply.isSuccess()) {
            return new Outcome.Done(
                    reply.getMessage() == null
                            ? ByteString.EMPTY
                            : reply.getMessage().getContent());
        }
        return reply.getException() == null ? new Outcome.Unknown(Optional.empty()) : outcome(reply.getException());
    }

    private Outcome outcome(Throwable failure) {
        Throwable cause = causeOf(failure);
        if (cause instanceof NotLeaderException notLeader) {
            // Said to who comes too late as well as to who was waiting when the leader lost its office.
            peers.add(notLeader.getPeers() == null ? List.of() : notLeader.getPeers());
            return new Outcome.Unknown(
                    Optional.ofNullable(notLeader.getSuggestedLeader()).map(RaftPeer::getId));
        }
        if (isPassing(cause) || isRefused(cause)) {
            return new Outcome.Rejected(Optional.empty());
        }
        if (cause instanceof StateMachineException || cause instanceof SetConfigurationException) {
            return new Outcome.Failed(cause);
        }
        return new Outcome.Unknown(Optional.empty());
    }

    private static boolean isPassing(Throwable cause) {
        return cause instanceof LeaderNotReadyException
                || cause instanceof LeaderSteppingDownException
                || cause instanceof ResourceUnavailableException
                || cause instanceof ServerNotReadyException
                || cause instanceof GroupMismatchException
                || cause instanceof ReconfigurationInProgressException
                || cause instanceof TransferLeadershipException
                || cause instanceof ReadException
                || cause instanceof ReadIndexException;
    }

    /** Tells whether nobody listened there, so that nothing can have been done. */
    private static boolean isRefused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
