package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.create.ShardErrand;
import dev.outrigger.backup.create.ShardOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskConflictException;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import dev.outrigger.task.UnknownTaskException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the coordinators of backups ask this member for shards. An order that comes again is the same one, and says that it is still
 * wanted; one that nobody has asked for in half the {@linkplain dev.outrigger.backup.peer.PeerAccess#silence() silence} is not wanted any
 * more. Safe for use by many threads.
 */
final class ShardDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ShardDesk.class);
    private final BackupSite site;
    private final StoreDoor door;
    private final InstantSource clock;
    private final Duration patience;

    /** By the id of the order: when it was asked for last. */
    private final Map<String, Instant> wanted = new ConcurrentHashMap<>();

    /**
     * Opens it.
     *
     * @param patience how long an order is wanted that nobody asks for again
     */
    ShardDesk(BackupSite site, StoreDoor door, InstantSource clock, Duration patience) {
        this.site = requireNonNull(site, "site");
        this.door = requireNonNull(door, "door");
        this.clock = requireNonNull(clock, "clock");
        this.patience = requireNonNull(patience, "patience");
    }

    /**
     * Takes an order, or hears that one is still wanted.
     *
     * @return the job by which it is done
     * @throws RefusedException if the location may not be used, or nobody is writing such a backup there
     * @throws IOException if the store failed
     */
    Task take(ShardOrder order, TaskQueue queue) throws IOException, RefusedException {
        Optional<Task> known = remind(order, queue);
        if (known.isPresent()) {
            return known.get();
        }
        requireWanted(order);
        return enqueue(order, queue);
    }

    private synchronized Optional<Task> remind(ShardOrder order, TaskQueue queue) {
        Optional<Task> known = jobs(queue).stream()
                .filter(task -> order(task).id().equals(order.id()))
                .findFirst();
        known.filter(job -> !job.state().isFinal()).ifPresent(job -> wanted.put(order.id(), clock.instant()));
        return known;
    }

    /** The same order may have come twice at once. */
    private synchronized Task enqueue(ShardOrder order, TaskQueue queue) {
        return remind(order, queue).orElseGet(() -> {
            callOffEarlier(order, queue);
            wanted.put(order.id(), clock.instant());
            return queue.enqueue(TaskRequest.of(ShardTask.TYPE, new String(order.encode(), UTF_8))
                    .maxAttempts(1));
        });
    }

    private static List<Task> jobs(TaskQueue queue) {
        return queue.list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .filter(task -> task.type().equals(ShardTask.TYPE))
                .toList();
    }

    private void requireWanted(ShardOrder order) throws IOException, RefusedException {
        Location location = StoreDoor.location(order.location());
        try (ObjectStore store = door.open(location)) {
            door.traits(location, store);
            new ShardErrand(site, order, store, new QuietControl()).requireWanted();
        } catch (BackupConflictException e) {
            throw new RefusedException(Reason.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    /** What an earlier run of the same coordinator has ordered is void, and would only keep this one waiting. */
    private static void callOffEarlier(ShardOrder order, TaskQueue queue) {
        for (Task job : jobs(queue)) {
            ShardOrder other = order(job);
            if (!job.state().isFinal()
                    && other.isOfBackup(order)
                    && !other.run().equals(order.run())) {
                try {
                    queue.cancel(job.id());
                } catch (TaskConflictException | UnknownTaskException e) {
                    LOG.debug("Job {} has ended meanwhile", job.id(), e);
                }
            }
        }
    }

    static ShardOrder order(Task job) {
        return ShardOrder.decode(job.payload().getBytes(UTF_8));
    }

    /** Tells whether an order is still wanted; one of which nobody has heard here is, from now on. */
    boolean isWanted(ShardOrder order) {
        Instant last = wanted.computeIfAbsent(order.id(), any -> clock.instant());
        return last.plus(patience).isAfter(clock.instant());
    }

    /** Forgets an order that is over. */
    void over(ShardOrder order) {
        wanted.remove(order.id());
    }
}
