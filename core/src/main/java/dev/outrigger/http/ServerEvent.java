package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One event of a stream, as the HTML standard has it ("Server-sent events").
 *
 * @param id what a client that comes back sends as {@code Last-Event-ID}; empty if the last one stands
 * @param event its type, without line breaks; empty for the default, which browsers call {@code message}
 * @param data its content. A client gets each of CR LF, CR and LF as LF
 */
public record ServerEvent(OptionalLong id, String event, String data) {

    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

    public ServerEvent {
        requireNonNull(id, "id");
        requireNonNull(data, "data");
        if (LINE_BREAK.matcher(event).find()) {
            throw new IllegalArgumentException(
                    "event: '" + LINE_BREAK.matcher(event).replaceAll("?") + "' (expected: no line breaks)");
        }
    }

    /** An event of the default type. */
    public static ServerEvent of(String data) {
        return of("", data);
    }

    /** An event of a type. */
    public static ServerEvent of(String event, String data) {
        return new ServerEvent(OptionalLong.empty(), event, data);
    }

    /** An event of a type, from which on a client can go on. */
    public static ServerEvent of(long id, String event, String data) {
        return new ServerEvent(OptionalLong.of(id), event, data);
    }

    /** The event as {@code text/event-stream}: a line for each field and each line of the data, and an empty one. */
    public byte[] encode() {
        StringBuilder lines = new StringBuilder(data.length() + event.length() + 48);
        id.ifPresent(value -> lines.append("id: ").append(value).append('\n'));
        if (!event.isEmpty()) {
            lines.append("event: ").append(event).append('\n');
        }
        for (String line : LINE_BREAK.split(data, -1)) {
            lines.append("data: ").append(line).append('\n');
        }
        return lines.append('\n').toString().getBytes(UTF_8);
    }
}
