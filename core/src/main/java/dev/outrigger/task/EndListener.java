package dev.outrigger.task;

import dev.outrigger.task.TaskEvent.Kind;
import dev.outrigger.task.TaskRefusedException.Reason;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a task. */
final class EndListener implements TaskListener {

    private final CompletableFuture<Task> end;

    EndListener(CompletableFuture<Task> end) {
        this.end = end;
    }

    @Override
    public boolean tell(TaskEvent event) {
        if (event.kind() == Kind.END) {
            end.complete(event.task());
        }
        return !end.isDone();
    }

    @Override
    public void ended() {
        end.completeExceptionally(new TaskRefusedException(Reason.CLOSED, "task queue: closed (expected: open)"));
    }
}
