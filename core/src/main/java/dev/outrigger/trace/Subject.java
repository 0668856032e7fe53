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

    void addTo(LoggingEventBuilder event) {
        add(event, "table", table);
        add(event, "operation", operation);
        add(event, "backend", backend);
        add(event, "cache", cache);
        rows.ifPresent(count -> event.addKeyValue("rows", count));
    }

    private static void add(LoggingEventBuilder event, String key, Optional<String> value) {
        value.ifPresent(text -> event.addKeyValue(key, LogText.of(text)));
    }
}
