package dev.outrigger.example.raft.engine;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that were ever heard of, and the connections to them. Safe for use by many threads. */
final class PeerBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerBook.class);

    private final RaftClientRpc rpc;
    private final Map<RaftPeerId, RaftPeer> peers = new ConcurrentHashMap<>();
    private final Map<RaftPeerId, Long> connections = new ConcurrentHashMap<>();

    PeerBook(RaftClientRpc rpc) {
        this.rpc = rpc;
    }

    RaftClientRpc rpc() {
        return rpc;
    }

    void add(Collection<RaftPeer> others) {
        for (RaftPeer peer : others) {
            if (peers.putIfAbsent(peer.getId(), peer) == null) {
                rpc.addRaftPeers(List.of(peer));
            }
        }
    }

    boolean knows(RaftPeerId id) {
        return peers.containsKey(id);
    }

    /** Returns the peers, by id. */
    List<RaftPeer> all() {
        return peers.values().stream()
                .sorted((a, b) -> a.getId().toString().compareTo(b.getId().toString()))
                .toList();
    }

    /** Returns which connection is in use: {@link #reconnect} wants to know. */
    long connection(RaftPeerId id) {
        return connections.getOrDefault(id, 0L);
    }

    /** Replaces a connection that has failed, unless somebody has done so. */
    synchronized void reconnect(RaftPeerId id, long failed, Throwable cause) {
        if (connection(id) == failed) {
            connections.put(id, failed + 1);
            rpc.handleException(id, cause, true);
        }
    }

    @Override
    public void close() {
        try {
            rpc.close();
        } catch (IOException e) {
            LOG.warn("The connections to the other members did not close in order", e);
        }
    }
}
