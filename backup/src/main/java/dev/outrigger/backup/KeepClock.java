package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskContext;
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
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has backups made and verified by the clock. What is due next is a task that waits for its time, so that it is known after a restart,
 * and no thread waits for it. Safe for use by many threads.
 */
final class KeepClock implements TaskHandler {

    static final String TYPE = "schedule";

    private static final Logger LOG = LoggerFactory.getLogger(KeepClock.class);
    private static final String BACKUP = "backup ";
    private static final String SCRUB = "scrub ";
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("'auto-'uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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

    /** Winds the clock: whatever a rule wants and nothing waits for is due one interval from now; what no rule wants is called off. */
    void wind() {
        Parts wired = parts.orElseThrow();
        for (KeepRule rule : rules.rules()) {
            rule.every().ifPresent(interval -> ensure(wired, BACKUP + rule.location(), interval, rule.jitter()));
            rule.verifyEvery().ifPresent(interval -> ensure(wired, SCRUB + rule.location(), interval, Duration.ZERO));
        }
        waiting(wired).stream()
                .filter(task -> interval(task.payload()).isEmpty())
                .forEach(task -> wired.queue().cancel(task.id()));
    }

    /** Has a backup made soon at a location where backups are made by the clock, since one there is damaged. */
    void repair(Location location) {
        Parts wired = parts.orElseThrow();
        if (rules.at(location).flatMap(KeepRule::every).isPresent()) {
            wired.queue().enqueue(TaskRequest.of(TYPE, BACKUP + location));
        }
    }

    @Override
    public TaskResult run(TaskContext context) throws IOException {
        Parts wired = parts.orElseThrow();
        String what = context.task().payload();
        Optional<Duration> interval = interval(what);
        if (interval.isEmpty()) {
            return TaskResult.none(); // The rule is gone.
        }
        if (what.startsWith(SCRUB)) {
            Location location = Location.parse(what.substring(SCRUB.length()));
            wired.queue()
                    .enqueue(TaskRequest.of(
                            ScrubTask.TYPE, KeepOrder.all(location).encode()));
            ensure(wired, what, interval.get(), Duration.ZERO);
        } else {
            Location location = Location.parse(what.substring(BACKUP.length()));
            backUp(wired, location);
            ensure(
                    wired,
                    what,
                    interval.get(),
                    rules.at(location).map(KeepRule::jitter).orElse(Duration.ZERO));
        }
        return TaskResult.none();
    }

    private void backUp(Parts wired, Location location) throws IOException {
        BackupId id = new BackupId(ID.format(clock.instant()));
        try {
            wired.backups().order(id, location, List.of());
        } catch (RefusedException e) {
            // Another attempt of this task has ordered it, or the location is not what the rule takes it for: not worth
            // a retry.
            LOG.warn("The backup {} at {} was not begun: {}", id, location, e.getMessage());
        }
    }

    private void ensure(Parts wired, String what, Duration interval, Duration jitter) {
        boolean waits = waiting(wired).stream().anyMatch(task -> task.payload().equals(what));
        if (!waits) {
            long extra = jitter.isZero() ? 0 : random.nextLong(jitter.toMillis() + 1);
            Instant due = clock.instant().plus(interval).plusMillis(extra);
            wired.queue().enqueue(TaskRequest.of(TYPE, what).due(due));
        }
    }

    private static List<Task> waiting(Parts wired) {
        return wired.queue().list(TaskPage.newest(Integer.MAX_VALUE).in(TaskState.PENDING)).stream()
                .filter(task -> task.type().equals(TYPE))
                .toList();
    }

    /** Returns how often a thing is done, where a rule still wants it. */
    private Optional<Duration> interval(String what) {
        if (what.startsWith(SCRUB)) {
            return rules.at(Location.parse(what.substring(SCRUB.length()))).flatMap(KeepRule::verifyEvery);
        }
        return rules.at(Location.parse(what.substring(BACKUP.length()))).flatMap(KeepRule::every);
    }
}
