package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskResult;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups, as tasks. */
final class BackupTask implements TaskHandler {

    static final String TYPE = "backup";

    private static final Logger LOG = LoggerFactory.getLogger(BackupTask.class);

    private final BackupSite site;
    private final StoreDoor door;
    private final BackupFigures figures;
    private final Consumer<Location> committed;

    /**
     * Makes the handler.
     *
     * @param committed is told where a backup was made
     */
    BackupTask(BackupSite site, StoreDoor door, BackupFigures figures, Consumer<Location> committed) {
        this.site = site;
        this.door = door;
        this.figures = figures;
        this.committed = committed;
    }

    @Override
    public TaskResult run(TaskContext context) throws TaskFailure {
        BackupOrder order = BackupOrder.decode(context.task().payload().getBytes(UTF_8));
        TaskControl control = new TaskControl(context, figures.backup()::moved);
        Location location = Location.parse(order.location());
        try (ObjectStore store = door.open(location)) {
            BackupAttempt attempt = new BackupAttempt(
                    site,
                    order,
                    store,
                    door.traits(location, store),
                    context.task().id().value(),
                    control);
            return run(context, attempt, order);
        } catch (RefusedException e) {
            throw TaskFailure.terminal(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw TaskFailure.retryable("the store of backups does not answer, or refuses", e);
        }
    }

    private TaskResult run(TaskContext context, BackupAttempt attempt, BackupOrder order)
            throws IOException, TaskFailure {
        try {
            return ended(context, attempt.run(), order);
        } catch (BackupConflictException e) {
            context.save(JobOutcome.conflict());
            throw TaskFailure.terminal(String.valueOf(e.getMessage()));
        } catch (JobStoppedException e) {
            context.checkpoint();
            throw new IllegalStateException("stopped by nobody", e);
        } catch (IOException e) {
            if (context.task().attempts() >= context.task().maxAttempts()) {
                giveUp(attempt, order);
            }
            throw e;
        }
    }

    private TaskResult ended(TaskContext context, BackupOutcome outcome, BackupOrder order) throws TaskFailure {
        figures.backup().ended(outcome.status(), order.orderedAt());
        String document =
                new String(BackupDocuments.outcome(outcome, context.task().id()), UTF_8);
        if (outcome.status().equals("failed")) {
            context.save(JobOutcome.ended(document));
            throw TaskFailure.terminal("no table could be backed up");
        }
        committed.accept(Location.parse(order.location()));
        return new TaskResult(Optional.of(document));
    }

    private static void giveUp(BackupAttempt attempt, BackupOrder order) {
        try {
            attempt.giveUp();
        } catch (IOException e) {
            LOG.warn("Something may be left of backup {}: the next gc removes it", order.id(), e);
        }
    }
}
