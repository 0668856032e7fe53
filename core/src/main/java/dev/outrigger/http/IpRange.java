package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One address, or all that begin with the same bits (CIDR). An IPv6 range holds no IPv4 address, unless it is one of IPv4 addresses
 * written as IPv6: {@code ::ffff:10.0.0.0/104} is {@code 10.0.0.0/8}.
 *
 * @param first the lowest address
 * @param bits how many of its bits, counted from the left, all addresses of the range share: 0 to 32 for IPv4, to 128 for IPv6
 */
public record IpRange(IpAddress first, int bits) {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAPPED_BITS = 96;

    public IpRange {
        requireNonNull(first, "first");
        int most = first.isV4() ? 32 : 128;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("range: " + first + "/" + bits + " (expected: 0 to " + most + " bits)");
        }
        if (!first.endsAfter(all(first, bits))) {
            throw new IllegalArgumentException("range: " + first + "/" + bits + " (expected: "
                    + first.cutAfter(all(first, bits)) + "/" + bits + " for the range, or " + first
                    + " for the one address)");
        }
    }

    /**
     * Reads an address, or {@code address/bits}, in canonical spelling as {@link IpAddress#parse} wants it.
     *
     * @throws IllegalArgumentException if it is neither, or has bits set behind those that count
     */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            IpAddress address = IpAddress.parse(text);
            return new IpRange(address, address.isV4() ? 32 : 128);
        }
        String bits = text.substring(slash + 1);
        if (!NUMBER.matcher(bits).matches()) {
            throw new IllegalArgumentException("range: '" + text + "' (expected: address/bits)");
        }
        String address = text.substring(0, slash);
        IpAddress first = IpAddress.parse(address);
        boolean mapped = first.isV4() && address.indexOf(':') >= 0;
        return new IpRange(first, Integer.parseInt(bits) - (mapped ? MAPPED_BITS : 0));
    }

    /** Tells whether an address is in the range. */
    public boolean contains(IpAddress address) {
        return first.isV4() == address.isV4() && first.sharesBits(all(first, bits), address);
    }

    /** The count among the 128 bits that an IPv4 address has too. */
    private static int all(IpAddress first, int bits) {
        return first.isV4() ? MAPPED_BITS + bits : bits;
    }

    @Override
    public String toString() {
        return first + "/" + bits;
    }
}
