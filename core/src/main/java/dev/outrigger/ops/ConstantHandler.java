package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;

/** Serves {@code /ping} and {@code /healthz}: the process answers, and that is all it says. */
final class ConstantHandler implements Handler {

    private final CompleteResponse answer;

    ConstantHandler(String text) {
        this.answer = Response.text(200, text);
    }

    @Override
    public Response handle(Request request) {
        return answer;
    }
}
