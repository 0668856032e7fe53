package dev.outrigger.backup.archive;

/**
 * How much is spent on making an archive small.
 *
 * @param level of zstd, 1 to 19: beyond that a reader would need more memory than it gives
 * @param workers threads of zstd's own that compress beside the one that writes, 0 to 64. With none an archive takes about 6 MiB of
 *     native memory and one core; with two 44 MiB, and one large shard is done in about half the time
 */
public record Compression(int level, int workers) {

    /** Level 3, no workers: for several shards at once. */
    public static final Compression DEFAULT = new Compression(3, 0);

    private static final int MAX_LEVEL = 19;
    private static final int MAX_WORKERS = 64;
    private static final int WIDE_WINDOW_LEVEL = 17;

    /**
     * @throws IllegalArgumentException if one is out of range
     */
    public Compression {
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("level: " + level + " (expected: 1 to " + MAX_LEVEL + ")");
        }
        if (workers < 0 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("workers: " + workers + " (expected: 0 to " + MAX_WORKERS + ")");
        }
    }

    /** How wide a window is, as a power of two: 2 MiB, which does not fill a core's caches, or the 8 MiB that the highest levels look through. */
    int windowLog() {
        return level < WIDE_WINDOW_LEVEL ? 21 : 23;
    }

    /** The same level with so many workers. */
    public Compression withWorkers(int count) {
        return new Compression(level, count);
    }
}
