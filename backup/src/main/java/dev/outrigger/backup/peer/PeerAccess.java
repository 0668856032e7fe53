package dev.outrigger.backup.peer;

import static java.util.Objects.requireNonNull;

import dev.outrigger.secrets.SecretValue;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How a member of a cluster reaches the sidecars of the others, and how patient it is with them. Immutable: each setter returns a copy.
 *
 * @param token is asked at each request for what this member shows its peers, a token that may write there; empty where they ask for none
 * @param tls whom this member trusts, and what it shows, where the address of a peer begins with {@code https}; empty for the platform's
 * @param timeout how long a connection, and each piece of an answer, may take
 * @param silence after how long without an answer a peer counts as dead; likewise a member stops work that nobody has asked about for
 *     half as long, so that nobody works for a coordinator that is gone
 * @param leaderDeadline how long nobody may be known to lead a shard before the backup goes without its table
 */
public record PeerAccess(
        Optional<Supplier<SecretValue>> token,
        Optional<SSLContext> tls,
        Duration timeout,
        Duration silence,
        Duration leaderDeadline) {

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final PeerAccess OPEN = new PeerAccess(
            Optional.empty(), Optional.empty(), Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /**
     * @throws IllegalArgumentException if a duration is not positive, or longer than a day
     */
    public PeerAccess {
        requireNonNull(token, "token");
        requireNonNull(tls, "tls");
        requireUsable("timeout", timeout);
        requireUsable("silence", silence);
        requireUsable("leader deadline", leaderDeadline);
    }

    /** Access to peers that ask for no token, or are content with what {@link #tls(SSLContext)} shows. */
    public static PeerAccess open() {
        return OPEN;
    }

    /**
     * Access by a token.
     *
     * @param token that may write on every member; asked at each request, so that it can be exchanged
     */
    public static PeerAccess withToken(Supplier<SecretValue> token) {
        return new PeerAccess(
                Optional.of(requireNonNull(token, "token")), OPEN.tls, OPEN.timeout, OPEN.silence, OPEN.leaderDeadline);
    }

    /** Sets whom this member trusts, and what it shows. Default: the platform's context. */
    public PeerAccess tls(SSLContext context) {
        return new PeerAccess(token, Optional.of(context), timeout, silence, leaderDeadline);
    }

    /** Sets how long a connection, and each piece of an answer, may take. Default: 5 s. */
    public PeerAccess timeout(Duration newTimeout) {
        return new PeerAccess(token, tls, newTimeout, silence, leaderDeadline);
    }

    /** Sets after how long without an answer a peer counts as dead. The same on all members. Default: 1 min. */
    public PeerAccess silence(Duration newSilence) {
        return new PeerAccess(token, tls, timeout, newSilence, leaderDeadline);
    }

    /** Sets how long nobody may be known to lead a shard before its table fails. Default: 1 min. */
    public PeerAccess leaderDeadline(Duration newDeadline) {
        return new PeerAccess(token, tls, timeout, silence, newDeadline);
    }

    private static void requireUsable(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: > 0, at most a day)");
        }
    }
}
