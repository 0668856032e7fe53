package dev.outrigger.trace;

/**
 * Divides durations from 8 µs to 137 s into 49 classes, two to each doubling: fine enough to tell what is slow, small enough
 * to be kept for each client and route.
 */
final class LatencyScale {

    /** How many classes there are. */
    static final int CLASSES = 49;

    private static final int FIRST_EXPONENT = 13;

    private LatencyScale() {}

    /** The class of a duration. */
    static int classOf(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(Math.max(nanos, 1));
        if (exponent < FIRST_EXPONENT) {
            return 0;
        }
        int upperHalf = (int) (nanos >>> (exponent - 1)) & 1;
        return Math.min(1 + (exponent - FIRST_EXPONENT) * 2 + upperHalf, CLASSES - 1);
    }

    /** Where a class begins, in nanoseconds. */
    static long begin(int index) {
        if (index == 0) {
            return 0;
        }
        long octave = 1L << (FIRST_EXPONENT + (index - 1) / 2);
        return (index & 1) == 1 ? octave : octave + octave / 2;
    }

    /**
     * The duration that a share of all stays below, as if those of one class were spread evenly over it.
     *
     * @param counts of each class, not all zero
     * @param share from 0 to 1
     */
    static long quantile(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double rank = share * total;
        int index = 0;
        while (index < CLASSES - 1 && rank > counts[index]) {
            rank -= counts[index];
            index++;
        }
        double part = counts[index] == 0 ? 0 : Math.min(rank / counts[index], 1);
        return begin(index) + (long) (part * (begin(index + 1) - begin(index)));
    }
}
