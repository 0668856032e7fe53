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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders restores: checks everything before anything is touched, and writes the plan down. Safe for use by many threads. */
final class RestoreService {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreService.class);

    private final RestoreSite site;
    private final StoreDoor door;
    private final TaskQueue queue;

    RestoreService(RestoreSite site, StoreDoor door, TaskQueue queue) {
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
        RestoreJob.record(site, plan);
        Task job;
        try {
            job = enqueue(plan.restore());
        } catch (RuntimeException e) {
            site.plans().remove(plan.restore());
            throw e;
        }
        return new Ordered(job, plan.outcome());
    }

    /** Looks at a restore without doing it. */
    List<RestoredTable> rehearse(RestoreRequest request, Rehearsal depth) throws Exception {
        return plan(request, depth).outcome();
    }

    /**
     * Takes up what the end of the process has cut off: removes what belongs to no plan, and has every plan carried out that no job
     * is at. Called before the queue starts.
     */
    void recover() {
        try {
            RestoreJob.removeStrays(site);
            Set<String> busy = queue.list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                    .filter(task -> task.type().equals(RestoreTask.TYPE)
                            && !task.state().isFinal())
                    .map(Task::payload)
                    .collect(Collectors.toSet());
            for (RestoreId restore : RestoreJob.recorded(site)) {
                if (!busy.contains(restore.value())) {
                    enqueue(restore);
                }
            }
        } catch (IOException e) {
            LOG.error("The plans of restores cannot be read: none goes on", e);
        }
    }

    private Task enqueue(RestoreId restore) {
        return queue.enqueue(TaskRequest.of(RestoreTask.TYPE, restore.value()));
    }

    private RestorePlan plan(RestoreRequest request, Rehearsal depth) throws Exception {
        try (ObjectStore store = door.open(StoreDoor.location(request.location()))) {
            return new RestoreCheck(site, store)
                    .plan(new RestoreId(UUID.randomUUID().toString()), request, depth);
        }
    }
}
