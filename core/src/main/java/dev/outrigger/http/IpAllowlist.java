package dev.outrigger.http;

import java.util.List;

/**
 * Who may reach the sidecar at all, probes included: addresses and ranges, IPv4 and IPv6. Nothing is in it by itself, not even
 * loopback. Immutable.
 */
public final class IpAllowlist {

    private final List<IpRange> ranges;

    private IpAllowlist(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Makes a list.
     *
     * @param ranges as {@link IpRange#parse} reads them
     * @throws IllegalArgumentException if there is none, or one is malformed
     */
    public static IpAllowlist of(List<String> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("allow: empty (expected: an address or a range, else nobody gets in)");
        }
        return new IpAllowlist(ranges.stream().map(IpRange::parse).toList());
    }

    /** Makes a list of ranges as {@link #of(List)} does. */
    public static IpAllowlist of(String... ranges) {
        return of(List.of(ranges));
    }

    /** Tells whether an address is in one of the ranges. */
    public boolean allows(IpAddress address) {
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
