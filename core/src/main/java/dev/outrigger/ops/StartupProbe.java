package dev.outrigger.ops;

import dev.outrigger.http.Response;

/** {@code /startup}: has the node started? Once it has, this never changes again. */
final class StartupProbe implements Probe {

    @Override
    public Response answer(Answers now, Ask ask) {
        return now.startup();
    }

    @Override
    public VerdictTag tag(Answers now) {
        return now.startupTag();
    }
}
