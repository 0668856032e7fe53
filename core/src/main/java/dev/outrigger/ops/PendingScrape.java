package dev.outrigger.ops;

import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.metrics.Collected;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One scrape that waits: for its collection, for its deadline, or for its scraper to leave, whichever comes first. */
final class PendingScrape {

    private final ScrapeAnswer form;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    PendingScrape(ScrapeAnswer form) {
        this.form = form;
    }

    /** Renders what was collected, unless nobody waits any more. */
    void collected(@Nullable Collected collected, @Nullable Throwable failure) {
        if (answer.isDone()) {
            return;
        }
        if (collected == null) {
            failed(failure == null ? new IllegalStateException("nothing collected") : failure);
            return;
        }
        try {
            Response response = form.render(collected);
            if (!answer.complete(response) && response instanceof StreamResponse late) {
                late.body().close();
            }
        } catch (Exception e) {
            failed(e);
        }
    }

    void failed(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /**
     * Returns the answer to come.
     *
     * @param deadline called off when the scraper leaves; one that comes too late does nothing
     */
    LaterResponse response(Future<?> deadline) {
        return Response.later(answer, () -> {
            deadline.cancel(false);
            answer.cancel(false);
        });
    }
}
