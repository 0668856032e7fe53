package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/**
 * An answer that comes later, without holding a thread until then.
 *
 * @param stage completes, on any thread, with the answer, or exceptionally with what a handler could have thrown
 * @param abandoned called at most once, on the event loop, when the client leaves before the answer is there; must not block
 * @param held whether the answer waits for something to happen, instead of being worked on: such requests are limited in number, and
 *     the first to be given up when there are too many connections
 */
public record LaterResponse(CompletionStage<Response> stage, Runnable abandoned, boolean held) implements Response {

    public LaterResponse {
        requireNonNull(stage, "stage");
        requireNonNull(abandoned, "abandoned");
    }
}
