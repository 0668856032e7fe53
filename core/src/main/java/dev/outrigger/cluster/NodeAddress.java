package dev.outrigger.cluster;

import java.util.regex.Pattern;

/**
 * Where the members of a cluster find a node, in whatever form the host's cluster has: {@code 10.0.0.7:9042},
 * {@code pekko://shop@10.0.0.7:2551}, {@code n1}. Immutable; equal when written equally.
 *
 * @param value 1 to 255 visible ASCII characters
 */
public record NodeAddress(String value) implements Comparable<NodeAddress> {

    private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,255}");

    /**
     * @throws IllegalArgumentException if it is empty, too long, or has a character that is not visible ASCII
     */
    public NodeAddress {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "address: " + value.length() + " characters (expected: 1 to 255, all of them visible ASCII)");
        }
    }

    @Override
    public int compareTo(NodeAddress other) {
        return value.compareTo(other.value);
    }

    /** The address as written. */
    @Override
    public String toString() {
        return value;
    }
}
