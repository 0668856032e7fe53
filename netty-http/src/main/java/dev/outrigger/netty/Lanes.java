package dev.outrigger.netty;

import dev.outrigger.http.Lane;

/** The lanes beside the event loop, each with its own threads, so that none can take another's. */
final class Lanes {

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;

    private final LaneThreads scrape = new LaneThreads("scrape", THREADS, MAX_WAITING);
    private final LaneThreads ops = new LaneThreads("ops", THREADS, MAX_WAITING);

    /** The threads of a lane that has some of its own. */
    LaneThreads of(Lane lane) {
        return switch (lane) {
            case SCRAPE -> scrape;
            case OPS -> ops;
            case LOOP -> throw new IllegalArgumentException("lane: LOOP (expected: one with threads of its own)");
        };
    }

    void close() {
        scrape.close();
        ops.close();
    }
}
