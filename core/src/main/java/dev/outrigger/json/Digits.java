package dev.outrigger.json;

/** Writes whole numbers as decimal digits, two at a time and without an object: JSON and the exposition of metrics have them alike. */
public final class Digits {

    /** As many digits as a number can have. */
    public static final int MOST = 19;

    private static final byte[] PAIRS = pairs();

    private Digits() {}

    /**
     * Writes a number that is not negative.
     *
     * @param at where the first digit goes; there must be room for {@link #MOST}
     * @return where the next byte goes
     */
    public static int write(byte[] out, int at, long number) {
        int end = at + length(number);
        int position = end;
        long rest = number;
        while (rest > Integer.MAX_VALUE) {
            long hundredth = rest / 100;
            position = pair(out, position, (int) (rest - hundredth * 100));
            rest = hundredth;
        }
        // Dividing ints is several times as fast as dividing longs.
        int small = (int) rest;
        while (small >= 100) {
            int hundredth = small / 100;
            position = pair(out, position, small - hundredth * 100);
            small = hundredth;
        }
        if (small >= 10) {
            pair(out, position, small);
        } else {
            out[position - 1] = (byte) ('0' + small);
        }
        return end;
    }

    private static int pair(byte[] out, int end, int number) {
        out[end - 2] = PAIRS[2 * number];
        out[end - 1] = PAIRS[2 * number + 1];
        return end - 2;
    }

    private static int length(long number) {
        int length = 1;
        for (long power = 10; length < MOST && number >= power; power *= 10) {
            length++;
        }
        return length;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int number = 0; number < 100; number++) {
            pairs[2 * number] = (byte) ('0' + number / 10);
            pairs[2 * number + 1] = (byte) ('0' + number % 10);
        }
        return pairs;
    }
}
