package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/**
 * An answer that comes later, without holding a thread until then.
 *
 * @param stage completes, on any thread, with the answer, or exceptionally with what a handler could have thrown
 * @param abandoned called at most once, on the event loop, when the client leaves before the answer is there; must not block
 */
public record LaterResponse(CompletionStage<Response> stage, Runnable abandoned) implements Response {

    public LaterResponse {
        requireNonNull(stage, "stage");
        requireNonNull(abandoned, "abandoned");
    }
}
