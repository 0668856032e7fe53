package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.restore.ClockRegister;
import dev.outrigger.backup.spi.PlanStore;
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
    private final Optional<Turns> turns;

    /** Set once, before the queue starts: the queue and what it runs know each other. */
    private volatile Optional<Parts> parts = Optional.empty();

    /** @param turns of the members of a cluster; empty where the node is on its own */
    KeepClock(KeepRules rules, InstantSource clock, RandomGenerator random, Optional<Turns> turns) {
        this.turns = requireNonNull(turns, "turns");
        this.rules = requireNonNull(rules, "rules");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /**
     * What the members of a cluster take turns by: whoever finds that an interval is over, and is the first to write that down.
     *
     * @param store that all of them see
     * @param member that takes them
     */
    record Turns(PlanStore store, String member) {

        private ClockRegister register(KeepChore chore) {
            return new ClockRegister(store, chore.encode());
        }
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
                if (kind.isRecurring()) {
                    ensureNext(wired, new KeepChore(kind, location), clock.instant());
                }
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
        KeepChore chore = new KeepChore(KeepChore.Kind.REPAIR, location);
        if (chore.interval(rules).isPresent() && !isWaiting(wired, chore, this::isDue)) {
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
        if (chore.kind().isRecurring() && !isMyTurn(context, wired, chore)) {
            return TaskResult.none();
        }
        switch (chore.kind()) {
            case BACKUP, REPAIR -> backUp(context, wired, chore.location());
            case SCRUB -> scrub(wired, chore.location());
        }
        return TaskResult.none();
    }

    /** Sees to it that there is a next time, whatever becomes of this one; of the members of a cluster one has the turn. */
    private boolean isMyTurn(TaskContext context, Parts wired, KeepChore chore) throws IOException {
        Instant now = clock.instant();
        if (turns.isEmpty()) {
            ensureNext(wired, chore, now);
            return true;
        }
        if (context.saved().isPresent()) {
            return true; // An attempt before has taken the turn.
        }
        try {
            if (!takeTurn(turns.get(), wired, chore, now)) {
                return false;
            }
        } finally {
            ensureNext(wired, chore, now); // Unless there is one already: whatever the register says, or does not.
        }
        if (chore.kind() == KeepChore.Kind.SCRUB) {
            context.save("begun");
        } else {
            id(context);
        }
        return true;
    }

    /** Looks whether it is time, for all members together, and takes the turn if so. Where it is not, the next is due when it is. */
    private boolean takeTurn(Turns members, Parts wired, KeepChore chore, Instant now) throws IOException {
        ClockRegister register = members.register(chore);
        Optional<Instant> last = register.last();
        Duration interval = chore.interval(rules).orElseThrow();
        if (last.isPresent() && last.get().plus(interval).isAfter(now)) {
            ensureNext(wired, chore, last.get());
            return false;
        }
        return register.begin(last, now, members.member());
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

    /** @param last when it was done last */
    private void ensureNext(Parts wired, KeepChore chore, Instant last) {
        Optional<Duration> interval = chore.interval(rules);
        if (interval.isPresent() && !isWaiting(wired, chore, task -> !isDue(task))) {
            Duration latest = chore.latest(rules).orElseThrow();
            long jitter = latest.minus(interval.get()).toMillis();
            Instant due = last.plus(interval.get()).plusMillis(random.nextLong(jitter + 1));
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
