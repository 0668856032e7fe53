package dev.outrigger.trace;

import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a request was about, as far as its handler tells.
 *
 * @param table the table it concerned
 * @param operation what it did there
 * @param backend what served it
 * @param cache {@code hit} or {@code miss}
 * @param rows how many rows it read or wrote
 */
public record Subject(
        Optional<String> table,
        Optional<String> operation,
        Optional<String> backend,
        Optional<String> cache,
        OptionalLong rows) {

    /** What a handler says that says nothing. */
    public static final Subject UNKNOWN =
            new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

    LoggingEventBuilder addTo(LoggingEventBuilder event) {
        LoggingEventBuilder told = add(event, "table", table);
        told = add(told, "operation", operation);
        told = add(told, "backend", backend);
        told = add(told, "cache", cache);
        return rows.isPresent() ? told.addKeyValue("rows", rows.getAsLong()) : told;
    }

    private static LoggingEventBuilder add(LoggingEventBuilder event, String key, Optional<String> value) {
        return value.isPresent() ? event.addKeyValue(key, LogText.of(value.get())) : event;
    }
}
