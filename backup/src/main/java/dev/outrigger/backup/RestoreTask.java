package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.job.JobStoppedException;
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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out restores whose plans are written down, as tasks. */
final class RestoreTask implements TaskHandler {

    static final String TYPE = "restore";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreTask.class);

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
        try {
            Optional<RestoreJob> open = RestoreJob.open(site, restore);
            if (open.isEmpty()) {
                return result(savedBefore(context));
            }
            RestoreJob job = open.get();
            TablesAway.Absence absence = away.during(job);
            try {
                return run(context, job);
            } finally {
                absence.close();
            }
        } catch (RefusedException e) {
            throw TaskFailure.terminal(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw TaskFailure.retryable("the store of backups does not answer, or refuses", e);
        }
    }

    private TaskResult run(TaskContext context, RestoreJob job) throws IOException, RefusedException, TaskFailure {
        TaskControl control = new TaskControl(context, figures.restore()::moved);
        try (ObjectStore store = door.open(Location.parse(job.location()))) {
            return ended(context, job, job.run(store, control));
        } catch (JobStoppedException e) {
            if (e.reason() == JobStoppedException.Reason.CANCELED) {
                job.forget();
            }
            context.checkpoint();
            throw new IllegalStateException("stopped by nobody", e);
        } catch (IOException | RefusedException e) {
            if (e instanceof RefusedException
                    || context.task().attempts() >= context.task().maxAttempts()) {
                giveUp(job);
            }
            throw e;
        }
    }

    private TaskResult ended(TaskContext context, RestoreJob job, List<RestoredTable> tables)
            throws IOException, TaskFailure {
        String status = status(tables);
        figures.restore().ended(status, context.task().createdAt());
        String document = new String(BackupDocuments.restore(context.task().id(), tables, status), UTF_8);
        context.save(JobOutcome.ended(document)); // Once the plan is gone, nobody else knows.
        job.forget();
        return result(document);
    }

    /** What came out of an attempt whose process ended before the job did. */
    private static String savedBefore(TaskContext context) throws TaskFailure {
        return JobOutcome.of(context.task())
                .document()
                .orElseThrow(() -> TaskFailure.terminal("the plan of this restore is gone"));
    }

    private static TaskResult result(String document) throws TaskFailure {
        JsonObject outcome = JsonReader.object(document.getBytes(UTF_8), TaskContext.MAX_SAVED_BYTES);
        if (outcome.string("status").equals("failed")) {
            throw TaskFailure.terminal("no table could be brought back: "
                    + outcome.objects("tables").stream()
                            .flatMap(table -> table.optionalString("error").stream())
                            .findFirst()
                            .orElse(""));
        }
        return new TaskResult(Optional.of(document));
    }

    private static String status(List<RestoredTable> tables) {
        boolean anyFailed = tables.stream().anyMatch(table -> table.status().equals("failed"));
        boolean anyOther = tables.stream().anyMatch(table -> !table.status().equals("failed"));
        if (!anyFailed) {
            return "completed";
        }
        return anyOther ? "partial" : "failed";
    }

    private static void giveUp(RestoreJob job) {
        try {
            job.giveUp("the store of backups did not answer, or refused");
            job.forget();
        } catch (IOException e) {
            LOG.warn("Something may be left of restore {}: the next start removes it", job.restore(), e);
        }
    }
}
