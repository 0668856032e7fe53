package dev.outrigger.metrics;

/**
 * Walks once over the samples of a family.
 *
 * <p>Each rendering has a cursor of its own and may pause after any sample for as long as its reader is slow, so a
 * cursor holds its place, and no lock and no thread. Called by one thread at a time, on the scrape lane; not always by
 * the same thread.
 */
@FunctionalInterface
public interface SampleCursor {

    /**
     * Writes the next sample, or all lines of the next histogram or summary series, or nothing for a series that is
     * gone.
     *
     * @return {@code false} when there was none left, and nothing has been written
     * @throws Exception if the sample cannot be read: the family ends here, which is counted
     */
    boolean writeNext(SampleWriter out) throws Exception;
}
