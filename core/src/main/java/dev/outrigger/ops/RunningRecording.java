package dev.outrigger.ops;

import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A recording that goes on while its client waits. It ends once: when its time is over, or when the client leaves. */
final class RunningRecording {

    static final String MEDIA_TYPE = "application/octet-stream";

    private final FlightRecording recording;
    private final Executor lane;
    private final Runnable gone;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    /**
     * @param lane where the recording is ended
     * @param gone run when nothing of it is left
     */
    RunningRecording(FlightRecording recording, Executor lane, Runnable gone) {
        this.recording = recording;
        this.lane = lane;
        this.gone = gone;
    }

    CompletionStage<Response> answer() {
        return answer;
    }

    /** The time is over. On the event loop. */
    void end() {
        endBy(this::complete);
    }

    /** The client has left. On the event loop. */
    void abandon() {
        endBy(this::drop);
    }

    private void endBy(Runnable last) {
        if (ending.compareAndSet(false, true)) {
            try {
                lane.execute(last);
            } catch (RejectedExecutionException e) {
                drop(); // The sidecar is closed, and with it the lane.
            }
        }
    }

    private void drop() {
        recording.close();
        gone.run();
        answer.cancel(false);
    }

    private void complete() {
        try {
            answer.complete(file(recording.stop()));
        } catch (
                Throwable
                        e) { // The recorder may be short of memory or of disk; the client is to know that it has none.
            gone.run();
            answer.completeExceptionally(e);
        }
    }

    private StreamResponse file(Path file) throws Exception {
        try {
            return Response.stream(200, MEDIA_TYPE, new FileBody(file, gone))
                    .withHeader("Content-Disposition", "attachment; filename=\"recording.jfr\"");
        } catch (Exception e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
