package dev.outrigger.netty;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what clients do wrong before they have said anything that could be answered: the first of a kind at once, then one a minute
 * with the number of the others, so that nobody fills the log from outside. Confined to the event loop.
 */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");
    private static final long PACE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LoopClock clock;
    private final Map<Kind, Told> told = new EnumMap<>(Kind.class);

    /** What there is to complain of. */
    enum Kind {
        ADDRESS("A connection was refused: its address is not on the allowlist"),
        PLAIN_TEXT("A connection was refused: the client does not speak TLS, and this port speaks nothing else"),
        TLS("A connection was refused: the client speaks TLS, and this port does not"),
        HANDSHAKE("A TLS handshake failed");

        private final String message;

        Kind(String message) {
            this.message = message;
        }
    }

    private static final class Told {
        private long atNanos;
        private long since;
    }

    Complaints(LoopClock clock) {
        this.clock = clock;
    }

    void about(Kind kind, Peer peer) {
        about(kind, peer, "");
    }

    /** Complains of what stands in the place of a request's head if it is the beginning of a TLS handshake. */
    void aboutMalformed(RequestHead head, Peer peer) {
        if (head.length() > 0 && head.bytes()[0] == TlsDoor.HANDSHAKE) {
            about(Kind.TLS, peer);
        }
    }

    /** Logs, or counts. The detail must be of one line. */
    void about(Kind kind, Peer peer, String detail) {
        long now = clock.nanos();
        Told before = told.get(kind);
        if (before != null && now - before.atNanos < PACE_NANOS) {
            before.since++;
            return;
        }
        LOG.atWarn()
                .setMessage(kind.message)
                .addKeyValue("client", peer)
                .addKeyValue("detail", detail)
                .addKeyValue("others_since_last_told", before == null ? 0 : before.since)
                .log();
        Told latest = new Told();
        latest.atNanos = now;
        told.put(kind, latest);
    }
}
