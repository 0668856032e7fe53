package dev.outrigger.metrics;

import dev.outrigger.json.Digits;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as ASCII digits, without an object for those that figures mostly are: whole, or short decimals.
 *
 * <p>What is written reads back as the same number. Positions are the caller's to watch: {@link #MAX_LENGTH} bytes are
 * always enough.
 */
final class NumberEncoder {

    /** The longest number there is: {@code -2.2250738585072014E-308}, with room to spare. */
    static final int MAX_LENGTH = 32;

    private static final byte[] INFINITE = "+Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGATIVE_INFINITE = "-Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOT_A_NUMBER = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIN_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    /** Above this not every whole number is a double, and a quotient of two no longer the nearest to its decimal. */
    private static final double MAX_EXACT = 1L << 53;

    private static final int NANOS_DIGITS = 9;
    private static final long NANOS = 1_000_000_000;
    private static final int MILLIS_DIGITS = 3;
    private static final long MILLIS = 1_000;

    private NumberEncoder() {}

    /** Writes a whole number and returns the position after it. */
    static int put(byte[] target, int at, long value) {
        if (value >= 0) {
            return Digits.write(target, at, value);
        }
        if (value == Long.MIN_VALUE) {
            return copy(target, at, MIN_LONG);
        }
        target[at] = '-';
        return Digits.write(target, at + 1, -value);
    }

    /** Writes a number and returns the position after it. A whole one has no point: {@code 1}, not {@code 1.0}. */
    static int put(byte[] target, int at, double value) {
        long whole = (long) value;
        if (whole == value && Math.abs(value) < MAX_EXACT) {
            // Negative zero is written as zero: no reader of metrics tells them apart.
            return put(target, at, whole);
        }
        double magnitude = Math.abs(value);
        double nanos = Math.rint(magnitude * NANOS);
        if (nanos < MAX_EXACT && nanos / NANOS == magnitude) {
            return putDecimal(target, sign(target, at, value), (long) nanos, NANOS_DIGITS, NANOS);
        }
        double millis = Math.rint(magnitude * MILLIS);
        if (millis < MAX_EXACT && millis / MILLIS == magnitude) {
            return putDecimal(target, sign(target, at, value), (long) millis, MILLIS_DIGITS, MILLIS);
        }
        return copy(target, at, spelled(value));
    }

    private static int sign(byte[] target, int at, double value) {
        if (value < 0) {
            target[at] = '-';
            return at + 1;
        }
        return at;
    }

    /** Writes {@code scaled / unit}, where the unit is ten to the power of {@code places}, without trailing zeros. */
    private static int putDecimal(byte[] target, int at, long scaled, int places, long unit) {
        int point = Digits.write(target, at, scaled / unit);
        target[point] = '.';
        int fraction = (int) (scaled % unit);
        int end = point + 1 + places;
        for (int i = end - 1; i > point; i--) {
            target[i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        while (target[end - 1] == '0') {
            end--;
        }
        return end;
    }

    private static byte[] spelled(double value) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? INFINITE : NEGATIVE_INFINITE;
        }
        return Double.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    private static int copy(byte[] target, int at, byte[] source) {
        System.arraycopy(source, 0, target, at, source.length);
        return at + source.length;
    }
}
