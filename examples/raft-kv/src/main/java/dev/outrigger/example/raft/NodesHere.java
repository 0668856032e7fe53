package dev.outrigger.example.raft;

import java.io.IOException;
import java.util.List;

/** The nodes of this process. Started once, closed once, by any thread. */
final class NodesHere implements AutoCloseable {

    private final List<RaftNode> nodes;

    /** Prepares the nodes that are to run here. Nothing is opened yet. */
    NodesHere(Options options) {
        this.nodes = options.nodes().stream()
                .map(self -> new RaftNode(self, options))
                .toList();
    }

    /**
     * Starts one node after another. None waits for the others, since it is several that make a leader.
     *
     * @throws IOException as {@link RaftNode#start} does; what has been started is still to be closed
     */
    void start() throws IOException {
        for (RaftNode node : nodes) {
            node.start();
        }
    }

    /** Closes all nodes at once, so that their drains do not add up, and waits for that. */
    @Override
    public void close() {
        List<Thread> closers = nodes.stream().map(NodesHere::closer).toList();
        closers.forEach(Thread::start);
        closers.forEach(NodesHere::join);
    }

    private static Thread closer(RaftNode node) {
        Thread closer = new Thread(node::close, "raft-closer");
        closer.setDaemon(true);
        return closer;
    }

    private static void join(Thread closer) {
        try {
            closer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // and the next is not waited for: the process is in a hurry
        }
    }
}
