package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has backups made and verified by the clock. What is due next is a task that waits for its time, so that it is known after a restart,
 * and no thread waits for it. Safe for use by many threads.
 *
 * <p>An id is a time and four random bytes: nodes that share a location, and what falls into one second, do not meet.
 */
final class KeepClock implements TaskHandler {

    static final String TYPE = "schedule";

    private static final Logger LOG = LoggerFactory.getLogger(KeepClock.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final KeepRules rules;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Set once, before the queue starts: the queue and what it runs know each other. */
    private volatile Optional<Parts> parts = Optional.empty();

    KeepClock(KeepRules rules, InstantSource clock, RandomGenerator random) {
        this.rules = requireNonNull(rules, "rules");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    private record Parts(TaskQueue queue, BackupService backups) {}

    void connect(TaskQueue queue, BackupService backups) {
        parts = Optional.of(new Parts(queue, backups));
    }

    /**
     * Winds the clock: whatever a rule wants and nothing waits for is due one interval from now; what no rule wants any more, or as late,
     * is called off.
     */
    void wind() {
        Parts wired = parts.orElseThrow();
        for (Task task : waiting(wired)) {
            if (!isWanted(task)) {
                wired.queue().cancel(task.id());
            }
        }
        for (KeepRule rule : rules.rules()) {
            Location location = Location.parse(rule.location());
            for (KeepChore.Kind kind : KeepChore.Kind.values()) {
                ensureNext(wired, new KeepChore(kind, location));
            }
        }
    }

    private boolean isWanted(Task waiting) {
        Optional<KeepChore> chore = KeepChore.decode(waiting.payload());
        Optional<Duration> latest = chore.flatMap(known -> known.latest(rules));
        return latest.isPresent() && !waiting.due().isAfter(clock.instant().plus(latest.get()));
    }

    /** Has a backup made soon at a location where backups are made by the clock, since one there is damaged. */
    void repair(Location location) {
        Parts wired = parts.orElseThrow();
        KeepChore chore = new KeepChore(KeepChore.Kind.BACKUP, location);
        if (chore.interval(rules).isPresent() && !isWaiting(wired, chore, task -> isDue(task))) {
            wired.queue().enqueue(TaskRequest.of(TYPE, chore.encode()));
        }
    }

    private boolean isDue(Task task) {
        return !task.due().isAfter(clock.instant());
    }

    @Override
    public TaskResult run(TaskContext context) throws IOException, TaskFailure {
        Parts wired = parts.orElseThrow();
        KeepChore chore = KeepChore.decode(context.task().payload())
                .orElseThrow(() -> TaskFailure.terminal("this is nothing that is done by the clock"));
        if (chore.interval(rules).isEmpty()) {
            return TaskResult.none(); // The rule is gone.
        }
        ensureNext(wired, chore); // First: whatever becomes of this time, there is a next.
        switch (chore.kind()) {
            case BACKUP -> backUp(context, wired, chore.location());
            case SCRUB -> scrub(wired, chore.location());
        }
        return TaskResult.none();
    }

    private void backUp(TaskContext context, Parts wired, Location location) throws IOException {
        BackupId id = id(context);
        if (isUnderWay(wired, BackupTask.TYPE, task -> isWhole(task, location))) {
            LOG.info("No backup at {} this time: one waits or is being made", location);
            return;
        }
        try {
            wired.backups().order(id, location, List.of());
        } catch (RefusedException e) {
            // Another attempt of this task has ordered it, or the location is not what the rule takes it for: not worth
            // a retry.
            LOG.warn("The backup {} at {} was not begun: {}", id, location, e.getMessage());
        }
    }

    /** The same in each attempt, so that a backup that one of them has ordered is not ordered again. */
    private BackupId id(TaskContext context) {
        Optional<String> chosen = context.saved();
        if (chosen.isPresent()) {
            return new BackupId(chosen.get());
        }
        BackupId id = new BackupId("auto-" + TIME.format(clock.instant()) + "-" + "%08x".formatted(random.nextInt()));
        context.save(id.value());
        return id;
    }

    private static boolean isWhole(Task backup, Location location) {
        BackupOrder order = BackupOrder.decode(backup.payload().getBytes(UTF_8));
        return order.tables().isEmpty() && order.location().equals(location.toString());
    }

    private static void scrub(Parts wired, Location location) {
        String order = KeepOrder.all(location).encode();
        if (!isUnderWay(wired, ScrubTask.TYPE, task -> task.payload().equals(order))) {
            wired.queue().enqueue(TaskRequest.of(ScrubTask.TYPE, order));
        }
    }

    private static boolean isUnderWay(Parts wired, String type, Predicate<Task> which) {
        return wired.queue().list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .anyMatch(task -> task.type().equals(type) && !task.state().isFinal() && which.test(task));
    }

    private void ensureNext(Parts wired, KeepChore chore) {
        Optional<Duration> interval = chore.interval(rules);
        if (interval.isPresent() && !isWaiting(wired, chore, task -> !isDue(task))) {
            Duration latest = chore.latest(rules).orElseThrow();
            long jitter = latest.minus(interval.get()).toMillis();
            Instant due = clock.instant().plus(interval.get()).plusMillis(random.nextLong(jitter + 1));
            wired.queue().enqueue(TaskRequest.of(TYPE, chore.encode()).due(due));
        }
    }

    private static boolean isWaiting(Parts wired, KeepChore chore, Predicate<Task> which) {
        return waiting(wired).stream()
                .filter(which)
                .anyMatch(task -> KeepChore.decode(task.payload()).equals(Optional.of(chore)));
    }

    private static List<Task> waiting(Parts wired) {
        return wired.queue().list(TaskPage.newest(Integer.MAX_VALUE).in(TaskState.PENDING)).stream()
                .filter(task -> task.type().equals(TYPE))
                .toList();
    }
}
