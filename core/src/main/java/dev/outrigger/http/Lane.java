package dev.outrigger.http;

/** Where a route's handler runs. */
public enum Lane {

    /**
     * On the event loop itself. For handlers that only read what is already there: they must not block, take a contended
     * lock or call the host, since every connection waits for them. Their {@link Request} is valid during the call only.
     */
    LOOP,

    /** On the lane of scrapes: few threads, so that collecting metrics cannot starve anything else. */
    SCRAPE,

    /** On the lane of everything else. The default. */
    OPS
}
