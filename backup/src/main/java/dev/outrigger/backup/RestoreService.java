package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.restore.Rehearsal;
import dev.outrigger.backup.restore.RestoreCheck;
import dev.outrigger.backup.restore.RestoreJob;
import dev.outrigger.backup.restore.RestorePlan;
import dev.outrigger.backup.restore.RestoreRequest;
import dev.outrigger.backup.restore.RestoreSite;
import dev.outrigger.backup.restore.RestoredTable;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders restores: checks everything before anything is touched, and writes the plan down. Safe for use by many threads. */
final class RestoreService {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreService.class);

    private final RestoreSite site;
    private final StoreDoor door;
    private final TaskQueue queue;
    private final TablesAway away;
    private final Optional<SharedRestores> shared;

    /** @param shared carries restores out on all members of a cluster; empty where the node is on its own */
    RestoreService(
            RestoreSite site, StoreDoor door, TaskQueue queue, TablesAway away, Optional<SharedRestores> shared) {
        this.shared = requireNonNull(shared, "shared");
        this.away = requireNonNull(away, "away");
        this.site = requireNonNull(site, "site");
        this.door = requireNonNull(door, "door");
        this.queue = requireNonNull(queue, "queue");
    }

    /**
     * A restore that was begun.
     *
     * @param job that carries it out
     * @param tables what is going to happen to each
     */
    record Ordered(Task job, List<RestoredTable> tables) {}

    /** Orders a restore; one at a time is checked and written down, so that two do not plan for one table. */
    synchronized Ordered order(RestoreRequest request) throws Exception {
        RestorePlan plan = plan(request, Rehearsal.METADATA);
        if (shared.isPresent()) {
            return new Ordered(shared.get().order(plan), plan.outcome());
        }
        try {
            RestoreJob.record(site, plan);
            return new Ordered(enqueue(plan.restore()), plan.outcome());
        } catch (IOException | RuntimeException e) {
            forget(plan.restore(), e); // Whoever is told that it was refused does not expect it after the next start.
            throw e;
        }
    }

    private void forget(RestoreId restore, Exception reason) {
        try {
            site.plans().remove(restore);
        } catch (IOException | RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    /** Looks at a restore without doing it. */
    List<RestoredTable> rehearse(RestoreRequest request, Rehearsal depth) throws Exception {
        return plan(request, depth).outcome();
    }

    /**
     * Closes the gate for what restores may have to bring back, before the host can be asked what is there. Called before probes are
     * answered.
     */
    void expect() {
        if (shared.isPresent()) {
            away.isUnknown();
            return;
        }
        try {
            for (RestoreId restore : RestoreJob.recorded(site)) {
                open(restore).ifPresent(away::expecting);
            }
        } catch (IOException e) {
            LOG.warn("The plans of restores cannot be read yet", e);
        }
    }

    /**
     * Takes up what the end of the process has cut off: removes what belongs to no plan, settles plans whose jobs have ended, and has
     * those carried out that no job is at. Called before the queue starts. In a cluster all that is done by who looks at the plans.
     */
    void recover() {
        if (shared.isPresent()) {
            return;
        }
        try {
            RestoreJob.removeStrays(site);
            for (RestoreId restore : RestoreJob.recorded(site)) {
                Optional<RestoreJob> job = open(restore);
                if (job.isPresent()) {
                    recover(job.get());
                }
            }
        } catch (IOException e) {
            LOG.error("The plans of restores cannot be read: none is taken up", e);
        }
    }

    private Optional<RestoreJob> open(RestoreId restore) throws IOException {
        try {
            return RestoreJob.open(site, restore);
        } catch (RuntimeException e) {
            LOG.error("The plan of restore {} cannot be understood, and is left as it is", restore, e);
            return Optional.empty();
        }
    }

    private void recover(RestoreJob restore) throws IOException {
        List<Task> jobs = queue.list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .filter(task -> task.type().equals(RestoreTask.TYPE)
                        && task.payload().equals(restore.restore().value()))
                .toList();
        if (jobs.isEmpty() || jobs.stream().anyMatch(RestoreService::goesOn)) {
            away.during(restore);
            if (jobs.isEmpty()) {
                enqueue(restore.restore()); // The process ended between plan and job.
            }
        } else {
            LOG.warn("Restore {} has ended without being settled: it is given up", restore.restore());
            restore.giveUp("the job has ended");
            restore.forget();
            away.over(restore.restore());
        }
    }

    /** Tells whether a job is begun again; one that no process survived is not. */
    private static boolean goesOn(Task job) {
        return switch (job.state()) {
            case PENDING -> true;
            case RUNNING -> job.attempts() < job.maxAttempts() || job.isCancelRequested();
            case COMPLETED, FAILED, CANCELED -> false;
        };
    }

    private Task enqueue(RestoreId restore) {
        return queue.enqueue(TaskRequest.of(RestoreTask.TYPE, restore.value()));
    }

    private RestorePlan plan(RestoreRequest request, Rehearsal depth) throws Exception {
        try (ObjectStore store = door.open(StoreDoor.location(request.location()))) {
            RestoreCheck check = shared.isPresent()
                    ? new RestoreCheck(site, store, shared.get()::isHere)
                    : new RestoreCheck(site, store);
            return check.plan(new RestoreId(UUID.randomUUID().toString()), request, depth);
        }
    }
}
