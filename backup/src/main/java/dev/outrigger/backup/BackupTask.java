package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.create.ShardMembers;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskStopException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups, as tasks. One that is called off, or fails for good, leaves nothing behind. */
final class BackupTask implements TaskHandler {

    static final String TYPE = "backup";

    private static final Logger LOG = LoggerFactory.getLogger(BackupTask.class);

    private final BackupSite site;
    private final Optional<? extends ShardMembers> members;
    private final StoreDoor door;
    private final BackupFigures figures;
    private final Aftermath aftermath;

    /** @param members of the cluster whose tables are backed up; empty where the node is on its own */
    BackupTask(
            BackupSite site,
            Optional<? extends ShardMembers> members,
            StoreDoor door,
            BackupFigures figures,
            Aftermath aftermath) {
        this.site = site;
        this.members = members;
        this.door = door;
        this.figures = figures;
        this.aftermath = aftermath;
    }

    /** Is told on a worker what there is to be done next. Throws nothing. */
    interface Aftermath {

        /** A backup was made. */
        void committed(Location location);

        /** Something may be left of a backup whose job is about to end, and could not be removed. */
        void left(Location location);
    }

    @Override
    public TaskResult run(TaskContext context) throws TaskFailure {
        BackupOrder order = BackupOrder.decode(context.task().payload().getBytes(UTF_8));
        TaskControl control = new TaskControl(context, figures.backup()::moved);
        try {
            JobOutcome.forget(context);
            return ended(context, attempt(context, control, order), order);
        } catch (BackupConflictException e) {
            context.save(JobOutcome.conflict());
            throw failed(order, String.valueOf(e.getMessage()));
        } catch (RefusedException e) {
            throw failed(order, String.valueOf(e.getMessage()));
        } catch (JobStoppedException e) {
            throw control.letGo(e);
        } catch (IOException e) {
            throw TaskFailure.retryable(Problems.NO_ANSWER, e);
        }
    }

    private BackupOutcome attempt(TaskContext context, TaskControl control, BackupOrder order)
            throws IOException, RefusedException, BackupConflictException {
        try (ObjectStore store = store(order)) {
            return attempt(context, control, order, store).run();
        } catch (JobStoppedException | TaskStopException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (control.isLast()) {
                giveUp(context, control, order);
            }
            throw e;
        }
    }

    private BackupAttempt attempt(TaskContext context, TaskControl control, BackupOrder order, ObjectStore store)
            throws IOException, RefusedException {
        return new BackupAttempt(
                site,
                members,
                order,
                store,
                door.traits(location(order), store),
                context.task().id().value(),
                control);
    }

    private ObjectStore store(BackupOrder order) throws IOException, RefusedException {
        return door.open(location(order));
    }

    private static Location location(BackupOrder order) {
        return Location.parse(order.location());
    }

    private TaskResult ended(TaskContext context, BackupOutcome outcome, BackupOrder order) throws TaskFailure {
        String document =
                new String(BackupDocuments.outcome(outcome, context.task().id()), UTF_8);
        if (outcome.status().equals("failed")) {
            context.save(JobOutcome.ended(document));
            throw failed(order, "no table could be backed up");
        }
        figures.backup().ended(outcome.status(), order.orderedAt());
        aftermath.committed(location(order));
        return new TaskResult(Optional.of(document));
    }

    private TaskFailure failed(BackupOrder order, String why) {
        figures.backup().ended("failed", order.orderedAt());
        return TaskFailure.terminal(why);
    }

    /** Nobody will try again. */
    private void giveUp(TaskContext context, TaskControl control, BackupOrder order) {
        if (!control.isCanceled()) {
            figures.backup().ended("failed", order.orderedAt());
        }
        try (ObjectStore store = store(order)) {
            attempt(context, control, order, store).giveUp();
        } catch (IOException | RefusedException | RuntimeException e) {
            LOG.warn("Something may be left of backup {}: garbage is collected later", order.id(), e);
            aftermath.left(location(order));
        }
    }
}
