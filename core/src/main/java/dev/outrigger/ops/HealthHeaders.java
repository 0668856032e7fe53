package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.StreamResponse;

/**
 * The headers that each form of the health answer has. Immutable.
 *
 * @param tag names the verdict; empty where a reader chose its own
 */
record HealthHeaders(String tag) {

    CompleteResponse on(CompleteResponse answer) {
        CompleteResponse varying = answer.withHeader("Vary", "Accept");
        return tag.isEmpty() ? varying : varying.withHeader("ETag", tag);
    }

    StreamResponse on(StreamResponse answer) {
        StreamResponse varying = answer.withHeader("Vary", "Accept");
        return tag.isEmpty() ? varying : varying.withHeader("ETag", tag);
    }
}
