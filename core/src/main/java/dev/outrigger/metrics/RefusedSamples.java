package dev.outrigger.metrics;

/** Says that samples were left out because a strict reader would have refused the whole scrape for them. */
final class RefusedSamples extends Exception {

    private static final long serialVersionUID = 1;

    RefusedSamples(int count) {
        super(
                count + " samples left out (expected: counts that are whole, not negative, and numbers)",
                null,
                false,
                false);
    }
}
