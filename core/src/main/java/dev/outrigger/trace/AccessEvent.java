package dev.outrigger.trace;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One request, as one line of the log {@code outrigger.access}. It holds the route's template and never the query, so that
 * what a client writes into a URL is not copied into a log. Immutable.
 *
 * @param probe whether it is a probe's: then its level is DEBUG whatever its code, else INFO for what succeeded and ERROR for
 *     the rest
 * @param caller who sent it
 * @param method as it is counted
 * @param route the route's template, or {@code unmatched}
 * @param subject what the handler said of it
 * @param status of the answer, if one was begun
 * @param outcome how it ended
 * @param durationNanos from the end of the request's head to the end of its answer
 * @param bytes of the answer, head included, as far as they were handed to the socket
 */
public record AccessEvent(
        boolean probe,
        Caller caller,
        String method,
        String route,
        Subject subject,
        OptionalInt status,
        Outcome outcome,
        long durationNanos,
        long bytes)
        implements LogEvent {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.access");

    /** Tells whether the log takes an event, so that one that nobody reads need not be made. */
    public static boolean isWanted(boolean probe, Outcome outcome) {
        return LOG.isEnabledForLevel(level(probe, outcome));
    }

    private static Level level(boolean probe, Outcome outcome) {
        return probe ? Level.DEBUG : outcome == Outcome.OK ? Level.INFO : Level.ERROR;
    }

    @Override
    public void write() {
        LoggingEventBuilder event = caller.addTo(LOG.atLevel(level(probe, outcome)))
                .addKeyValue("method", method)
                .addKeyValue("route", route);
        event = subject.addTo(event);
        if (status.isPresent()) {
            event = event.addKeyValue("status", status.getAsInt());
        }
        event.addKeyValue("outcome", outcome.word())
                .addKeyValue("duration_ms", TimeUnit.NANOSECONDS.toMicros(durationNanos) / 1e3)
                .addKeyValue("bytes", bytes)
                .log("request");
    }
}
