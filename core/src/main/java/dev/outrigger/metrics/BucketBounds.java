package dev.outrigger.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The upper bounds of a histogram's buckets, each inclusive; the bucket {@code +Inf} is always there besides.
 *
 * <p>Immutable.
 */
public final class BucketBounds {

    private final double[] bounds;
    private final byte[][] labels;

    private BucketBounds(double[] bounds) {
        this.bounds = bounds;
        this.labels = new byte[bounds.length + 1][];
        for (int i = 0; i <= bounds.length; i++) {
            String bound = i < bounds.length ? CanonicalFloat.of(bounds[i]) : "+Inf";
            labels[i] = ("le=\"" + bound + "\"} ").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Returns buckets with these upper bounds.
     *
     * @throws IllegalArgumentException if a bound is not finite or not above the one before
     */
    public static BucketBounds of(double... bounds) {
        double[] copy = bounds.clone();
        for (int i = 0; i < copy.length; i++) {
            if (!Double.isFinite(copy[i]) || (i > 0 && copy[i] <= copy[i - 1])) {
                throw new IllegalArgumentException(
                        "bucket bounds: " + Arrays.toString(copy) + " (expected: finite and ascending)");
            }
        }
        return new BucketBounds(copy);
    }

    /** Returns how many buckets there are, {@code +Inf} included. */
    public int buckets() {
        return labels.length;
    }

    /** Returns the bucket, from 0, that an observation falls into. */
    public int indexOf(double observation) {
        int i = 0;
        while (i < bounds.length && !(observation <= bounds[i])) {
            i++;
        }
        return i;
    }

    boolean hasNegative() {
        return bounds.length > 0 && bounds[0] < 0;
    }

    /** Returns the rest of a bucket's line up to its value: the label, the brace, the space. Not to be changed. */
    byte[] label(int bucket) {
        return labels[bucket];
    }
}
