package dev.outrigger.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the client behind proxies, by the {@code X-Forwarded-For} that they add to from left to right.
 *
 * <p>It is read from the right, since only what a trusted proxy added is worth anything: the first address that is no trusted
 * proxy is the client, and what stands left of it is what that client claims. Immutable.
 */
public final class TrustedProxies {

    /** With a port, as some proxies write it: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static final Pattern WITH_PORT =
            Pattern.compile("([0-9.]+):[0-9]{1,5}|\\[([0-9a-fA-F:.]+)\\](?::[0-9]{1,5})?");

    private final List<IpRange> proxies;

    private TrustedProxies(List<IpRange> proxies) {
        this.proxies = proxies;
    }

    /**
     * Trusts proxies at some addresses.
     *
     * @param ranges as {@link IpRange#parse} reads them
     * @throws IllegalArgumentException if there is none, or one is malformed
     */
    public static TrustedProxies of(List<String> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("trusted proxies: empty (expected: an address or a range)");
        }
        return new TrustedProxies(ranges.stream().map(IpRange::parse).toList());
    }

    /** Tells whether a peer is one of them. */
    public boolean trusts(IpAddress peer) {
        for (int i = 0; i < proxies.size(); i++) {
            if (proxies.get(i).contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds the client of a request.
     *
     * @param peer who sent it; if that is no trusted proxy it is the client itself
     * @param forwardedFor all values of {@code X-Forwarded-For}, in the order sent
     * @return the client; the leftmost address, or the peer, where all are trusted proxies; empty if what is read on the way is no
     *     address
     */
    public Optional<IpAddress> client(IpAddress peer, List<String> forwardedFor) {
        IpAddress client = peer;
        String chain = String.join(",", forwardedFor);
        int end = forwardedFor.isEmpty() ? -1 : chain.length();
        while (end >= 0 && trusts(client)) {
            int comma = chain.lastIndexOf(',', end - 1);
            Optional<IpAddress> next = address(chain.substring(comma + 1, end).strip());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            client = next.get();
            end = comma;
        }
        return Optional.of(client);
    }

    private static Optional<IpAddress> address(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (!withPort.matches()) {
            return IpAddress.tryParse(text);
        }
        return withPort.group(1) != null
                ? IpAddress.tryParse(withPort.group(1))
                : IpAddress.tryParse(withPort.group(2))
                        .filter(address -> withPort.group(2).indexOf(':') >= 0);
    }
}
