package dev.outrigger.backup;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.task.TaskCanceledException;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskLeaseLostException;
import dev.outrigger.task.TaskProgress;
import dev.outrigger.task.TaskQueueClosingException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A job as the queue of tasks runs it. Safe for use by many threads. */
final class TaskControl implements JobControl {

    private static final int MAX_PHASE = 100;

    private final TaskContext context;
    private final LongConsumer moved;
    private final AtomicLong doneBytes = new AtomicLong();
    private final AtomicLong doneShards = new AtomicLong();
    private volatile String phase = "";
    private volatile long totalBytes;
    private volatile long totalShards;

    /**
     * Makes the control of one attempt.
     *
     * @param moved is told of all bytes, for the metrics
     */
    TaskControl(TaskContext context, LongConsumer moved) {
        this.context = context;
        this.moved = moved;
    }

    @Override
    public void phase(String name, long bytes, int shards) {
        phase = name.length() > MAX_PHASE ? name.substring(0, MAX_PHASE) : name;
        totalBytes = bytes;
        totalShards = shards;
        doneBytes.set(0);
        doneShards.set(0);
        tell();
    }

    @Override
    public void moved(long bytes) {
        moved.accept(bytes);
        doneBytes.addAndGet(bytes);
        tell();
    }

    @Override
    public void shardDone() {
        doneShards.incrementAndGet();
        tell();
    }

    @Override
    public void log(String line) {
        try {
            context.log(line);
        } catch (TaskLeaseLostException e) {
            throw new JobStoppedException(Reason.CLOSING);
        }
    }

    @Override
    public void check() {
        try {
            context.checkpoint();
        } catch (TaskCanceledException e) {
            throw new JobStoppedException(Reason.CANCELED);
        } catch (TaskQueueClosingException | TaskLeaseLostException e) {
            throw new JobStoppedException(
                    Reason.CLOSING); // What is there is another attempt's to go on with, or another worker's.
        }
    }

    /** Tells whether the job was called off. */
    boolean isCanceled() {
        try {
            context.checkpoint();
            return false;
        } catch (TaskCanceledException e) {
            return true;
        } catch (TaskQueueClosingException | TaskLeaseLostException e) {
            return false;
        }
    }

    /** Tells whether nobody will try again, however this attempt fails. */
    boolean isLast() {
        return isCanceled() || context.task().attempts() >= context.task().maxAttempts();
    }

    /** Ends the attempt in the way that the queue has asked for; where it has not, what this returns is to be thrown. */
    IllegalStateException letGo(JobStoppedException stopped) {
        context.checkpoint();
        return new IllegalStateException("stopped by nobody", stopped);
    }

    private void tell() {
        try {
            context.progress(
                    TaskProgress.in(phase).bytes(doneBytes.get(), totalBytes).shards(doneShards.get(), totalShards));
        } catch (TaskLeaseLostException e) {
            throw new JobStoppedException(Reason.CLOSING);
        }
    }
}
