package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.http.EventFeed;
import dev.outrigger.http.EventSink;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ServerEvent;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.TaskEvent;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskListener;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRecord;
import dev.outrigger.task.UnknownTaskException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens to one job, as a stream of events. {@code state} and {@code end} carry the job's document, {@code progress} its
 * progress, {@code log} a time and a line.
 */
final class JobFeed implements EventFeed {

    /** More than that at once could be more than the transport lets wait, together with what happens meanwhile. */
    private static final int MAX_BACKLOG_BYTES = 32 * 1024;

    /** A larger result is left to whoever asks for the job. In characters. */
    private static final int MAX_RESULT = 8 * 1024;

    private final TaskQueue queue;
    private final TaskId id;
    private final OptionalLong seen;

    /**
     * @param seen the event that the client has seen last
     */
    JobFeed(TaskQueue queue, TaskId id, OptionalLong seen) {
        this.queue = queue;
        this.id = id;
        this.seen = seen;
    }

    @Override
    public AutoCloseable open(EventSink sink) {
        try {
            return queue.watch(id, affordable(queue.eventsAfter(id, seen)), new Subscriber(sink));
        } catch (UnknownTaskException e) {
            throw Problem.notFound("No such job").asException();
        }
    }

    /** Whoever missed too much is told how things stand, like one who has seen nothing. */
    private OptionalLong affordable(List<TaskEvent> missed) {
        int bytes = missed.stream()
                .mapToInt(event -> toServerEvent(event).encode().length)
                .sum();
        return bytes <= MAX_BACKLOG_BYTES ? seen : OptionalLong.empty();
    }

    /** One client. */
    private record Subscriber(EventSink sink) implements TaskListener {

        @Override
        public boolean tell(TaskEvent event) {
            return sink.send(toServerEvent(event));
        }

        @Override
        public void ended() {
            sink.end();
        }
    }

    private static ServerEvent toServerEvent(TaskEvent event) {
        return ServerEvent.of(event.id(), event.kind().word(), new String(JsonWriter.object(data(event)), UTF_8));
    }

    private static JsonWriter.Part data(TaskEvent event) {
        return switch (event.kind()) {
            case STATE, END -> json -> JobDocument.write(json, event.task(), shortResult(event));
            case PROGRESS -> TaskRecord.of(event.task().progress());
            case LOG -> json -> json.field("time", event.time()).field("line", event.line());
        };
    }

    private static Optional<String> shortResult(TaskEvent event) {
        return event.task().result().json().filter(text -> text.length() <= MAX_RESULT);
    }
}
