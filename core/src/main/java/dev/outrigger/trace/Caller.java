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

    LoggingEventBuilder addTo(LoggingEventBuilder event) {
        LoggingEventBuilder told = event.addKeyValue("request_id", requestId);
        if (trace.isPresent()) {
            told = told.addKeyValue("trace_id", trace.get().traceId())
                    .addKeyValue("span_id", trace.get().spanId());
        }
        told = told.addKeyValue("client", address);
        return principal.isPresent() ? told.addKeyValue("principal", LogText.of(principal.get())) : told;
    }
}
