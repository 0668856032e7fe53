package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.restore.RestoreJob;
import dev.outrigger.backup.restore.RestoreSite;
import dev.outrigger.backup.restore.RestoredTable;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskStopException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out restores whose plans are written down, as tasks.
 *
 * <p>The plan goes once the outcome is recorded: whenever the process ends, one of the two is there. A node is kept out of traffic for
 * tables that are away from the first attempt to the last.
 */
final class RestoreTask implements TaskHandler {

    static final String TYPE = "restore";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreTask.class);
    private static final String CANCELED = "canceled";

    private final RestoreSite site;
    private final StoreDoor door;
    private final TablesAway away;
    private final BackupFigures figures;

    RestoreTask(RestoreSite site, StoreDoor door, TablesAway away, BackupFigures figures) {
        this.site = site;
        this.door = door;
        this.away = away;
        this.figures = figures;
    }

    @Override
    public TaskResult run(TaskContext context) throws TaskFailure {
        RestoreId restore = new RestoreId(context.task().payload());
        TaskControl control = new TaskControl(context, figures.restore()::moved);
        boolean over = true;
        try {
            Optional<RestoreJob> job = RestoreJob.open(site, restore);
            return job.isPresent() ? attempt(context, control, job.get()) : endedBefore(context);
        } catch (JobStoppedException e) {
            over = control.isCanceled();
            throw control.letGo(e);
        } catch (TaskStopException e) {
            over = false;
            throw e;
        } catch (IOException e) {
            over = control.isLast();
            throw TaskFailure.retryable(Problems.NO_ANSWER, e);
        } catch (RuntimeException e) {
            over = control.isLast();
            throw e;
        } finally {
            if (over) {
                away.over(restore);
            }
        }
    }

    private TaskResult attempt(TaskContext context, TaskControl control, RestoreJob job)
            throws IOException, TaskFailure {
        try {
            control.check();
            away.during(job);
            return ended(context, job, tables(control, job));
        } catch (JobStoppedException e) {
            if (control.isCanceled()) {
                job.giveUp(CANCELED);
                job.forget();
            }
            throw e;
        }
    }

    /** Brings the tables back. What is not back when nobody will try again is settled: it stays as it was. */
    private List<RestoredTable> tables(TaskControl control, RestoreJob job) throws IOException {
        try (ObjectStore store = door.open(Location.parse(job.location()))) {
            return job.run(store, control);
        } catch (RefusedException e) {
            return job.giveUp(String.valueOf(e.getMessage()));
        } catch (JobStoppedException | TaskStopException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (control.isCanceled()) {
                LOG.warn("Restore {} was called off, and failed at that moment", job.restore(), e);
                throw new JobStoppedException(Reason.CANCELED);
            }
            if (!control.isLast()) {
                throw e;
            }
            LOG.warn("Restore {} is given up", job.restore(), e);
            return job.giveUp(e instanceof IOException ? Problems.NO_ANSWER : "it could not be done; the log has more");
        }
    }

    private TaskResult ended(TaskContext context, RestoreJob job, List<RestoredTable> tables)
            throws IOException, TaskFailure {
        String status = status(tables);
        String document = new String(BackupDocuments.restore(context.task().id(), tables, status), UTF_8);
        context.save(JobOutcome.ended(document));
        job.forget();
        figures.restore().ended(status, context.task().createdAt());
        return result(document);
    }

    /** The process ended between the end of the restore and that of its task; or somebody wants a restore again that is over. */
    static TaskResult endedBefore(TaskContext context) throws TaskFailure {
        return result(JobOutcome.of(context.task())
                .document()
                .orElseThrow(() -> TaskFailure.terminal("the plan of this restore is gone")));
    }

    static TaskResult result(String document) throws TaskFailure {
        JsonObject outcome = JsonReader.object(document.getBytes(UTF_8), TaskResult.MAX_BYTES);
        if (outcome.string("status").equals("failed")) {
            throw TaskFailure.terminal("no table could be brought back: "
                    + outcome.objects("tables").stream()
                            .flatMap(table -> table.optionalString("error").stream())
                            .findFirst()
                            .orElse(""));
        }
        return new TaskResult(Optional.of(document));
    }

    static String status(List<RestoredTable> tables) {
        boolean anyFailed = tables.stream().anyMatch(table -> table.status().equals("failed"));
        boolean anyOther = tables.stream().anyMatch(table -> !table.status().equals("failed"));
        if (!anyFailed) {
            return "completed";
        }
        return anyOther ? "partial" : "failed";
    }
}
