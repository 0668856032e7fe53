package dev.outrigger.trace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One moment of a request that writes, as one line of the log {@code outrigger.audit}, always at INFO. It holds the path,
 * which names what is written, and never the query nor the body. Immutable.
 *
 * @param phase which moment
 * @param time when it was; the line itself may be written a little later
 * @param caller who sent the request
 * @param method as sent
 * @param route the route's template
 * @param path the decoded path
 * @param subject what the handler said of it
 * @param status of the answer, where there is one by now
 */
public record AuditEvent(
        Phase phase,
        Instant time,
        Caller caller,
        String method,
        String route,
        String path,
        Subject subject,
        OptionalInt status)
        implements LogEvent {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.audit");

    /** A moment of a request that writes. */
    public enum Phase {

        /** The caller may, and it is about to be done. */
        BEFORE("before"),

        /** It has been done, or has failed, or the client left before. */
        AFTER("after"),

        /** It was refused before anything was done. */
        REFUSED("refused");

        private final String word;

        Phase(String word) {
            this.word = word;
        }
    }

    @Override
    public void write() {
        LoggingEventBuilder event =
                LOG.atInfo().addKeyValue("phase", phase.word).addKeyValue("time", TIME.format(time));
        event = caller.addTo(event)
                .addKeyValue("method", method)
                .addKeyValue("route", route)
                .addKeyValue("path", LogText.of(path));
        event = subject.addTo(event);
        if (status.isPresent()) {
            event = event.addKeyValue("status", status.getAsInt());
        }
        if (phase != Phase.BEFORE) {
            Outcome outcome = status.isPresent() ? Outcome.of(status.getAsInt()) : Outcome.CLIENT_LEFT;
            event = event.addKeyValue("outcome", outcome.word());
        }
        event.log("write");
    }
}
