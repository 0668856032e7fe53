package dev.outrigger.ops;

import dev.outrigger.http.Request;

/** How much of a report a reader may see. The verdicts, hence the status codes, are the same for all. */
enum Sight {

    /** Names and verdicts. */
    ANONYMOUS,

    /** Messages, details and stacks too. */
    FULL;

    static Sight of(Request request) {
        return request.seesDetails() ? FULL : ANONYMOUS;
    }
}
