package dev.outrigger.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address. An IPv4 address that is written or sent as IPv6 ({@code ::ffff:10.0.0.1}, RFC 4291, section 2.5.5.2) is
 * the IPv4 address. Never a name: nothing here asks DNS. Immutable.
 */
public final class IpAddress {

    /** What stands before the 32 bits of an IPv4 address. */
    private static final long MAPPED = 0xffff_0000_0000L;

    private final long high;
    private final long low;

    private IpAddress(long high, long low) {
        this.high = high;
        this.low = low;
    }

    static IpAddress v4(int bits) {
        return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
    }

    static IpAddress v6(long high, long low) {
        return new IpAddress(high, low);
    }

    /** The address of a socket. */
    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4 ? v4(bytes.getInt()) : v6(bytes.getLong(), bytes.getLong());
    }

    /**
     * Reads an address as it stands in a configuration: in its canonical spelling only, since what one reader takes for
     * {@code 8.0.0.1} another takes for {@code 10.0.0.1} ({@code 010.0.0.1}). IPv4 is four decimal numbers without leading zeros;
     * IPv6 is spelled as RFC 5952 has it, in lower case and as short as it goes.
     *
     * @throws IllegalArgumentException if it is no address, not canonical, has a zone, or is a name
     */
    public static IpAddress parse(String text) {
        Optional<IpSpelling> spelling = IpSpelling.of(text);
        if (spelling.isEmpty()) {
            throw new IllegalArgumentException("address: '" + text
                    + "' (expected: four decimal numbers without leading zeros, or an IPv6 address without a zone)");
        }
        if (!spelling.get().isCanonical(text)) {
            throw new IllegalArgumentException(
                    "address: '" + text + "' (expected: '" + spelling.get().canonical() + "', its canonical spelling)");
        }
        return spelling.get().address();
    }

    /** Reads an address as others may spell it: any form of IPv6 that RFC 4291 allows, but no zone, and no other spelling of IPv4. */
    public static Optional<IpAddress> tryParse(String text) {
        return IpSpelling.of(text).map(IpSpelling::address);
    }

    /** Tells whether this is an IPv4 address. */
    public boolean isV4() {
        return high == 0 && (low & 0xffff_ffff_0000_0000L) == MAPPED;
    }

    /** Tells whether the first bits, of the 128 that an IPv4 address has too, are those of another address. */
    boolean sharesBits(int count, IpAddress other) {
        return ((high ^ other.high) & mask(count)) == 0 && ((low ^ other.low) & mask(count - 64)) == 0;
    }

    /** Tells whether all bits behind the first are zero. */
    boolean endsAfter(int bits) {
        return (high & ~mask(bits)) == 0 && (low & ~mask(bits - 64)) == 0;
    }

    /** The same address with all bits behind the first set to zero. */
    IpAddress cutAfter(int bits) {
        return new IpAddress(high & mask(bits), low & mask(bits - 64));
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && address.high == high && address.low == low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }

    /** The canonical spelling. */
    @Override
    public String toString() {
        return isV4() ? IpSpelling.dotted((int) low) : IpSpelling.hexadecimal(high, low);
    }
}
