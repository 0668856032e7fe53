package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Handler;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.Collected;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.SharedCollection;
import dev.outrigger.schema.Schema;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code GET /metrics}: what all sources have, in the format the scraper prefers.
 *
 * <p>Scrapes that arrive while a collection is under way share it, and hold no thread while they wait. A small exposition
 * goes out whole, a large one piece by piece as the scraper reads it. HEAD asks no source.
 */
public final class MetricsRoute implements Handler {

    private static final Operation OPERATION = Operation.of("metrics")
            .query("name[]", Schema.listOf(Schema.text()), "Only these families.")
            .header(ScrapeTimeout.HEADER, Schema.number(), "How long the scraper waits.")
            .answers(200, "All metrics, in the format that is preferred.", "text/plain", Schema.text())
            .answers(
                    200, "All metrics, in the format that is preferred.", "application/openmetrics-text", Schema.text())
            .refuses(503, "The metrics could not be collected in time, or there are too many scrapes.");

    private static final Problem TOO_SLOW =
            Problem.busy("The metrics could not be collected within the scrape's timeout", 1);
    private static final Problem LANE_FULL = Problem.busy("Too many scrapes at once", 1);

    private final SharedCollection collection;
    private final ScheduledExecutorService timer;

    private MetricsRoute(SharedCollection collection, ScheduledExecutorService timer) {
        this.collection = collection;
        this.timer = timer;
    }

    /**
     * Returns the route.
     *
     * @param scrapeLane runs collections, and the first piece of each rendering; a rejected task is answered with 503
     * @param timer wakes up when a scrape's time is over, to answer it: an event loop will do
     */
    public static Route of(MetricsCollector collector, Executor scrapeLane, ScheduledExecutorService timer) {
        requireNonNull(timer, "timer");
        return Route.get("/metrics")
                .lane(Lane.SCRAPE)
                .summary("Metrics for Prometheus, as text or OpenMetrics")
                .describedBy(OPERATION)
                .handledBy(new MetricsRoute(new SharedCollection(collector, scrapeLane), timer));
    }

    @Override
    public Response handle(Request request) {
        ScrapeAnswer form = ScrapeAnswer.to(request);
        if (request.method() == Method.HEAD) {
            return form.head();
        }
        PendingScrape scrape = new PendingScrape(form);
        Duration timeout = ScrapeTimeout.of(request.header(ScrapeTimeout.HEADER));
        try {
            CompletionStage<Collected> collected = collection.join();
            Future<?> deadline = timer.schedule(
                    () -> scrape.failed(TOO_SLOW.asException()), timeout.toNanos(), TimeUnit.NANOSECONDS);
            collected.whenComplete((all, failure) -> {
                deadline.cancel(false);
                scrape.collected(all, failure);
            });
            return scrape.response(deadline);
        } catch (RejectedExecutionException e) {
            throw LANE_FULL.asException();
        }
    }
}
