package dev.outrigger.trace;

import java.util.Optional;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Who sent a request, under which names.
 *
 * @param requestId names the request
 * @param trace the trace it belongs to, if it says so
 * @param address where it came from
 * @param principal who the caller has proven to be
 */
public record Caller(String requestId, Optional<TraceParent> trace, String address, Optional<String> principal) {

    void addTo(LoggingEventBuilder event) {
        event.addKeyValue("request_id", requestId);
        trace.ifPresent(
                parent -> event.addKeyValue("trace_id", parent.traceId()).addKeyValue("span_id", parent.spanId()));
        event.addKeyValue("client", address);
        principal.ifPresent(name -> event.addKeyValue("principal", LogText.of(name)));
    }
}
