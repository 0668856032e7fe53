package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * One incarnation of a node: where it is found, and a number that is another one after each restart, where the host's
 * cluster has such a number. Immutable; ordered by address, then number.
 *
 * @param uid any number; 0 where the host's cluster has none
 */
public record UniqueAddress(NodeAddress address, long uid) implements Comparable<UniqueAddress> {

    private static final Comparator<UniqueAddress> ORDER =
            Comparator.comparing(UniqueAddress::address).thenComparingLong(UniqueAddress::uid);

    public UniqueAddress {
        requireNonNull(address, "address");
    }

    /**
     * An incarnation.
     *
     * @throws IllegalArgumentException if the address is not one
     */
    public static UniqueAddress of(String address, long uid) {
        return new UniqueAddress(new NodeAddress(address), uid);
    }

    @Override
    public int compareTo(UniqueAddress other) {
        return ORDER.compare(this, other);
    }
}
