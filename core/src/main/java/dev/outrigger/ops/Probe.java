package dev.outrigger.ops;

import dev.outrigger.http.Response;

/** One verdict that can be asked for. On the event loop. */
interface Probe {

    /** Answers from what is known now. */
    Response answer(Answers now, Ask ask);

    /** Names the verdict of which {@link #answer} tells. */
    VerdictTag tag(Answers now);
}
