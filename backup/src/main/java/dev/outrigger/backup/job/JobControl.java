package dev.outrigger.backup.job;

/**
 * What a running job tells, and is told. Safe for use by many threads; cheap enough to be called for each piece of data.
 */
public interface JobControl {

    /** Says what the job is at, in a word, and how much there is to do. What was done so far counts from nothing again. */
    void phase(String name, long totalBytes, int totalShards);

    /** Says that so many more bytes were moved. */
    void moved(long bytes);

    /** Says that one more shard is done. */
    void shardDone();

    /** Tells those who watch, in a line. */
    void log(String line);

    /**
     * Asks whether to go on.
     *
     * @throws JobStoppedException if not
     */
    void check();
}
