package dev.outrigger.backup;

import dev.outrigger.http.Response;
import dev.outrigger.ops.Loop;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.UnknownTaskException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers a client that waits for the end of the job it began. Neither holds a thread, nor does the job depend on the client.
 *
 * <pre>
 *   job ended ─────────────────────────────► the answer of its end
 *   client has waited long enough ─┐
 *   queue closes                  ─┼───────► the answer of a job that runs
 *   client left                   ─┘         (nobody reads it)
 * </pre>
 *
 * <p>Whichever comes first, neither timer nor listener stays.
 */
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
     * @param ended the answer then, made on the ops lane; throws what a handler may throw
     * @param running the answer to a client that has waited long enough, or does not want to wait
     */
    Response of(TaskId job, Wait wait, Function<Task, Response> ended, Supplier<Response> running) {
        if (wait.duration().isZero()) {
            return running.get();
        }
        CompletableFuture<Task> end;
        try {
            end = queue.whenEnded(job);
        } catch (UnknownTaskException e) {
            return running.get(); // It has ended, and so have many since.
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Loop.Timer timer = sidecar.loop().schedule(() -> end.cancel(false), wait.duration());
        end.whenComplete((task, failure) -> {
            timer.cancel();
            if (failure == null) {
                answerOnLane(answer, () -> ended.apply(task), running);
            } else {
                answer.complete(running.get());
            }
        });
        return Response.held(answer, () -> end.cancel(false));
    }

    private void answerOnLane(
            CompletableFuture<Response> answer, Supplier<Response> ended, Supplier<Response> running) {
        try {
            sidecar.lane().execute(() -> complete(answer, ended));
        } catch (RejectedExecutionException e) {
            answer.complete(running.get()); // The sidecar closes.
        }
    }

    private static void complete(CompletableFuture<Response> answer, Supplier<Response> ended) {
        try {
            answer.complete(ended.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
