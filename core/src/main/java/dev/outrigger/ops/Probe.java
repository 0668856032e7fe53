package dev.outrigger.ops;

import dev.outrigger.http.Response;

/** One verdict that can be asked for. On the event loop. */
interface Probe {

    /** Answers from what is known now. */
    Response answer(Answers now, Ask ask);

    /** Tells whether the answer may list shards, so that the parameters of a page mean something. */
    default boolean listsShards() {
        return false;
    }

    /** Names the verdict of which {@link #answer} tells. */
    VerdictTag tag(Answers now);
}
