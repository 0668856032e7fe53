package dev.outrigger.backup;

import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskResult;
import java.io.IOException;

/** A task that looks after backups at one location, and what its failures mean. */
abstract class KeepTask implements TaskHandler {

    private final StoreDoor door;

    KeepTask(StoreDoor door) {
        this.door = door;
    }

    /** Does the work at the store. */
    abstract TaskResult run(KeepOrder order, ObjectStore store, TaskControl control, TaskContext context)
            throws IOException, RefusedException;

    @Override
    public final TaskResult run(TaskContext context) throws TaskFailure {
        KeepOrder order = KeepOrder.decode(context.task().payload());
        TaskControl control = new TaskControl(context, bytes -> {});
        try (ObjectStore store = door.open(order.location())) {
            return run(order, store, control, context);
        } catch (JobStoppedException e) {
            throw control.letGo(e);
        } catch (RefusedException e) {
            throw TaskFailure.terminal(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw TaskFailure.retryable(Problems.NO_ANSWER, e);
        }
    }
}
