package dev.outrigger.netty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of a server, and how many there may be.
 *
 * <p>When there are too many the new one is taken and another is given up, the one that loses least by it: a client that opens
 * connections and is silent must not keep a balancer from its probe. Confined to the event loop.
 */
final class Connections {

    private static final Comparator<HttpConnection> LEAST_LOSS =
            Comparator.comparing(HttpConnection::evictionRank).thenComparingLong(HttpConnection::phaseSince);

    private static final int MAX_HELD = 64;

    private final Set<HttpConnection> open = new LinkedHashSet<>();
    private final int max;
    private long batch;
    private boolean draining;

    Connections(int max) {
        this.max = max;
    }

    void admit(HttpConnection connection) {
        open.add(connection);
        if (open.size() > max) {
            HttpConnection victim = victim(connection);
            open.remove(victim); // It tells of its end later; a second newcomer before that must not choose it again.
            victim.close();
        }
    }

    /** Those that wait at the listener have been taken, as many as are taken at a time. */
    void batchTaken() {
        batch++;
    }

    /** The number of the batch that is being taken. */
    long batch() {
        return batch;
    }

    /**
     * Tells whether what a connection has sent may still be unread. Between two batches the event loop looks at all sockets, but the
     * listener may come first: a connection has been heard once another batch has been taken after its own.
     */
    boolean mayBeUnheard(long batchOfConnection) {
        return batch - batchOfConnection < 2;
    }

    /** The connection to give up; the new one itself where all others wait for a probe's answer. */
    private HttpConnection victim(HttpConnection latest) {
        return open.stream()
                .filter(c -> c != latest && c.evictionRank() != EvictionRank.NEVER)
                .min(LEAST_LOSS)
                .orElse(latest);
    }

    /** Those that wait for something to happen must leave room for those that ask what is the case. */
    boolean mayHoldOneMore() {
        return open.stream().filter(HttpConnection::isHeld).count() < MAX_HELD;
    }

    void remove(HttpConnection connection) {
        open.remove(connection);
    }

    /** Ends whatever has taken too long. */
    void checkDeadlines(long nowNanos) {
        for (HttpConnection connection : List.copyOf(open)) {
            connection.checkDeadlines(nowNanos);
        }
    }

    /** From now on each answer is the last of its connection. */
    void drain() {
        draining = true;
    }

    boolean areDraining() {
        return draining;
    }

    /** Ends in order what would go on for ever. */
    void endEvents() {
        open.forEach(HttpConnection::endEvents);
    }

    /** How many have a request that is not answered yet, or an answer that is not taken yet. */
    int busy() {
        return (int) open.stream().filter(HttpConnection::isBusy).count();
    }

    void closeAll() {
        for (HttpConnection connection : new ArrayList<>(open)) {
            connection.close();
        }
    }
}
