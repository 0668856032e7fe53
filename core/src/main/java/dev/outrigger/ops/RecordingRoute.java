package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Handler;
import dev.outrigger.http.JsonBody;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonObject;
import dev.outrigger.schema.Schema;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves {@code POST /admin/jfr} with {@code {"seconds":10}}, for authorised writers: records the process with Java's Flight
 * Recorder for so long, 1 to 300 s, and answers with the recording, of which nobody keeps a copy. It holds neither the environment
 * nor system properties nor command lines.
 *
 * <p>One at a time, until its answer has been taken: 409 for another. 501 where the module {@code jdk.jfr} is missing. No thread
 * is held while it records; when the client leaves, the recording ends.
 */
public final class RecordingRoute implements Handler {

    private static final long MAX_SECONDS = 300;

    private static final Operation OPERATION = Operation.of("diagnostics")
            .takes(Schema.object().field("seconds", Schema.whole(1, MAX_SECONDS)))
            .answers(200, "The recording, after so many seconds.", RunningRecording.MEDIA_TYPE, Schema.bytes())
            .refuses(400, "The body is malformed, or asks for too long or for nothing.")
            .refuses(409, "A recording is being made already.")
            .refuses(501, "This Java has no Flight Recorder.");

    private final Executor lane;
    private final Loop loop;

    /** From the beginning of a recording until its file is gone. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private RecordingRoute(Executor lane, Loop loop) {
        this.lane = requireNonNull(lane, "lane");
        this.loop = requireNonNull(loop, "loop");
    }

    /**
     * Makes the route.
     *
     * @param lane where recordings are begun and ended, which may take some time
     * @param loop tells when the time is over
     */
    public static Route of(Executor lane, Loop loop) {
        return OptionalRoute.ADMIN_JFR.draft().describedBy(OPERATION).handledBy(new RecordingRoute(lane, loop));
    }

    static ProblemException unavailable() {
        return Problem.of(501, "This Java has no Flight Recorder (module jdk.jfr)")
                .asException();
    }

    @Override
    public Response handle(Request request) throws Exception {
        long seconds = JsonBody.read(request, RecordingRoute::seconds);
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            throw unavailable();
        }
        if (!busy.compareAndSet(false, true)) {
            throw Problem.of(409, "A recording is being made already").asException();
        }
        try {
            request.notes().operation("record " + seconds + " s");
            RunningRecording running = new RunningRecording(FlightRecording.start(), lane, () -> busy.set(false));
            Loop.Timer end = loop.schedule(running::end, Duration.ofSeconds(seconds));
            return Response.later(running.answer(), () -> {
                end.cancel();
                running.abandon();
            });
        } catch (Exception | LinkageError e) {
            busy.set(false);
            throw e;
        }
    }

    private static long seconds(JsonObject body) {
        long seconds = body.optionalLong("seconds")
                .orElseThrow(() -> Problem.badRequest("seconds: missing (expected: 1 to 300)")
                        .asException());
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw Problem.badRequest("seconds: " + seconds + " (expected: 1 to 300)")
                    .asException();
        }
        return seconds;
    }
}
