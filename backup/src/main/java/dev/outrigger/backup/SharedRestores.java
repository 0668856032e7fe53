package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.restore.Reconciler;
import dev.outrigger.backup.restore.RestorePlan;
import dev.outrigger.backup.restore.RestoreSite;
import dev.outrigger.backup.restore.SharedOrder;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRefusedException;
import dev.outrigger.task.TaskRequest;
import dev.outrigger.task.TaskState;
import dev.outrigger.task.TaskStoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders restores that all members of a cluster carry out, and keeps their jobs on this one. Safe for use by many threads. */
final class SharedRestores implements Reconciler.Node {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRestores.class);

    private final SharedOrder order;
    private final ShardPlacement placement;
    private final StoreDoor door;
    private final TablesAway away;
    private final BackupFigures figures;

    /** What is about to be written down, or has no job yet. */
    private final Set<RestoreId> ordering = ConcurrentHashMap.newKeySet();

    /** Set once, before anything is ordered. */
    private volatile Optional<TaskQueue> queue = Optional.empty();

    SharedRestores(RestoreSite site, ShardPlacement placement, StoreDoor door, TablesAway away, BackupFigures figures) {
        this.order = new SharedOrder(site, placement);
        this.placement = requireNonNull(placement, "placement");
        this.door = requireNonNull(door, "door");
        this.away = requireNonNull(away, "away");
        this.figures = requireNonNull(figures, "figures");
    }

    void connect(TaskQueue own) {
        queue = Optional.of(own);
    }

    /** Tells whether a shard takes space on this member. */
    boolean isHere(TableName table, int shard) throws Exception {
        return placement.replicas(table, shard).contains(placement.self());
    }

    /** Has a plan carried out by all members; returns the job that tells how far they are. */
    Task order(RestorePlan plan) throws IOException, RefusedException {
        ordering.add(plan.restore());
        try (ObjectStore store = open(plan.location())) {
            order.record(plan, store);
            return enqueue(plan.restore());
        } finally {
            ordering.remove(plan.restore());
        }
    }

    private Task enqueue(RestoreId restore) {
        return queue.orElseThrow().enqueue(TaskRequest.of(RestoreTask.TYPE, restore.value()));
    }

    @Override
    public ObjectStore open(String location) throws IOException, RefusedException {
        return door.open(Location.parse(location));
    }

    @Override
    public void moved(long bytes) {
        figures.restore().moved(bytes);
    }

    @Override
    public void away(Map<RestoreId, Set<TableName>> tables) {
        away.are(tables);
    }

    @Override
    public boolean isBeingOrdered(RestoreId restore) {
        return ordering.contains(restore);
    }

    @Override
    public boolean isFollowed(RestoreId restore) {
        return jobs(restore).stream().anyMatch(job -> !job.state().isFinal());
    }

    @Override
    public boolean isCalledOff(RestoreId restore) {
        List<Task> jobs = jobs(restore);
        return !jobs.isEmpty() && jobs.stream().allMatch(job -> job.state() == TaskState.CANCELED);
    }

    @Override
    public void adopt(RestoreId restore) {
        if (isBeingOrdered(restore) || !jobs(restore).isEmpty()) {
            return;
        }
        try {
            enqueue(restore);
        } catch (TaskRefusedException | TaskStoreException e) {
            LOG.warn("Restore {} has no job yet", restore, e);
        }
    }

    private List<Task> jobs(RestoreId restore) {
        return queue.orElseThrow().list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .filter(task ->
                        task.type().equals(RestoreTask.TYPE) && task.payload().equals(restore.value()))
                .toList();
    }
}
