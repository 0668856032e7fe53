package dev.outrigger.backup;

import dev.outrigger.http.Response;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers a client that waits for the end of the job it began. Neither holds a thread, nor does the job depend on the client. */
final class JobAnswer {

    private final TaskQueue queue;
    private final SidecarContext sidecar;

    JobAnswer(TaskQueue queue, SidecarContext sidecar) {
        this.queue = queue;
        this.sidecar = sidecar;
    }

    /**
     * Answers when a job has ended, or when the client has waited long enough.
     *
     * @param ended the answer then, made on the ops lane
     * @param running the answer to a client that has waited long enough, or does not want to wait
     */
    Response of(TaskId job, Wait wait, Function<Task, Response> ended, Supplier<Response> running) {
        if (wait.duration().isZero()) {
            return running.get();
        }
        CompletableFuture<Task> end = queue.whenEnded(job);
        // It fails where the answer is a refusal. Where the queue closes, the job goes on at the next start.
        CompletableFuture<Response> answer =
                end.handleAsync((task, failure) -> failure == null ? ended.apply(task) : running.get(), sidecar.lane());
        sidecar.loop().schedule(() -> answer.complete(running.get()), wait.duration());
        answer.whenComplete((response, failure) -> end.cancel(false));
        return Response.held(answer, () -> end.cancel(false));
    }
}
