package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.VerificationResult;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What jobs have found and done before this process began, as far as the queue remembers them: so that a damaged backup is shown as
 * damaged after a restart too, and nobody takes a node for one that never made a backup.
 *
 * <p>Used by one thread, once.
 */
final class JobHistory {

    private static final Logger LOG = LoggerFactory.getLogger(JobHistory.class);

    private final LastFindings findings;
    private final BackupFigures figures;

    /** What was found last of each backup, location by location; a scrub replaces all that was found there before. */
    private final Map<Location, Map<BackupId, VerificationResult>> found = new LinkedHashMap<>();

    private JobHistory(LastFindings findings, BackupFigures figures) {
        this.findings = findings;
        this.figures = figures;
    }

    /** Reads the history of a queue, of which there are a thousand jobs at most. */
    static void read(TaskQueue queue, LastFindings findings, BackupFigures figures) {
        JobHistory history = new JobHistory(findings, figures);
        queue.list(TaskPage.newest(Integer.MAX_VALUE).in(TaskState.COMPLETED)).stream()
                .sorted(Comparator.comparing(Task::updatedAt).thenComparing(Task::id))
                .forEach(history::take);
        history.tell();
    }

    private void take(Task job) {
        if (job.result().json().isEmpty()) {
            return;
        }
        try {
            JsonObject result = JsonReader.object(job.result().json().get().getBytes(UTF_8), TaskResult.MAX_BYTES);
            switch (job.type()) {
                case BackupTask.TYPE -> figures.backup().remembered(result.string("status"), job);
                case RestoreTask.TYPE -> figures.restore().remembered(result.string("status"), job);
                case VerifyTask.TYPE -> verified(KeepOrder.decode(job.payload()).location(), result);
                case ScrubTask.TYPE -> scrubbed(KeepOrder.decode(job.payload()).location(), result);
                default -> {
                    // Others find nothing that lasts.
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("What {} has found cannot be read any more", job, e);
        }
    }

    private void verified(Location location, JsonObject result) {
        VerificationResult said = KeepDocuments.verification(result);
        found.computeIfAbsent(location, any -> new LinkedHashMap<>()).put(said.id(), said);
    }

    private void scrubbed(Location location, JsonObject result) {
        Map<BackupId, VerificationResult> here = new LinkedHashMap<>();
        for (JsonObject damaged : result.objects("damaged")) {
            VerificationResult said = KeepDocuments.verification(damaged);
            here.put(said.id(), said);
        }
        found.put(location, here);
        figures.scrubbed(location, result.wholeNumber("missing"), result.wholeNumber("corrupt"));
    }

    private void tell() {
        found.forEach(
                (location, results) -> results.values().forEach(said -> findings.record(location.toString(), said)));
    }
}
