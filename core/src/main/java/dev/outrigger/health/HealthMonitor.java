package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import dev.outrigger.shard.ShardProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks, refreshes the shard states, and publishes what it knows as an immutable {@link HealthReport}: on each
 * change, and at least once a second.
 *
 * <p>One daemon thread, {@code outrigger-monitor}, decides; every call into the host is made on a thread of its own,
 * {@code outrigger-check-N}, and is given up waiting for at its deadline. So nothing that the host does holds up the
 * monitor, nor one check another. Pauses of the JVM count against no deadline.
 *
 * <p>Safe for use by any thread. Reading the report is one volatile read.
 */
public final class HealthMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.health");

    /** A little less than the second that is promised. */
    private static final long REPUBLISH = TimeUnit.MILLISECONDS.toNanos(900);

    /** While calls run the monitor looks this often, which is also how finely it measures pauses then. */
    private static final long HEARTBEAT = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final MonitorTime time;
    private final Executor executor;
    private final Optional<CheckThreads> ownThreads;
    private final List<CheckSlot> slots;
    private final List<ReadinessGate> gates;
    private final Optional<ShardProvider> provider;
    private final @Nullable ShardSlot shards;
    private final MonitorThread thread = new MonitorThread(this::tick);
    private final Transitions transitions = new Transitions();
    private final TransitionLog log = new TransitionLog();
    private final Object lock = new Object();

    /** Guarded by the lock. */
    private final List<ReportListener> listeners = new ArrayList<>();

    /** What has calls to make and no part in the report. Guarded by the lock. */
    private final List<CheckSlot> watches = new ArrayList<>();

    /** Guarded by the lock. */
    private boolean startCalled;

    /** Guarded by the lock. */
    private boolean started;

    /** Guarded by the lock. */
    private boolean draining;

    /** Guarded by the lock. */
    private boolean closed;

    /** Elapsed time. Guarded by the lock. */
    private long startedAt;

    /** Elapsed time. Guarded by the lock. */
    private long publishedAt;

    /** Elapsed time at which the next tick is due. The monitor's thread only. */
    private long wakeAt;

    /** Written under the lock. */
    private volatile HealthReport report;

    HealthMonitor(HealthMonitorBuilder builder) {
        time = builder.time();
        ownThreads = builder.executor().isPresent() ? Optional.empty() : Optional.of(new CheckThreads());
        executor = builder.executor().or(() -> ownThreads).orElseThrow();
        slots = builder.slots(time);
        gates = builder.gates();
        provider = builder.provider();
        shards = builder.shardSlot(time).orElse(null);
        publishedAt = time.elapsed();
        report = newReport(0);
        attachGates();
    }

    /** Begins a monitor with no checks. */
    public static HealthMonitorBuilder builder() {
        return new HealthMonitorBuilder();
    }

    /**
     * Starts checking.
     *
     * @throws IllegalStateException if the monitor was started or closed before
     */
    public void start() {
        begin();
        thread.start();
    }

    /** Starts, but for the thread: whoever calls this calls {@link #tick()} too. */
    void begin() {
        synchronized (lock) {
            if (startCalled || closed) {
                throw new IllegalStateException("health monitor: started or closed before (expected: new)");
            }
            startCalled = true;
            startedAt = time.elapsed();
            wakeAt = startedAt;
        }
        publishNow();
    }

    /** Returns the latest report. One volatile read. */
    public HealthReport report() {
        return report;
    }

    /** Returns the last 64 changes of verdict, oldest first. */
    public List<Transition> transitions() {
        return transitions.latest();
    }

    /** Returns what the shard states are read from, if the host has any. */
    public Optional<ShardProvider> shardProvider() {
        return provider;
    }

    /** Shows the listener the latest report at once, and from then on each before it is published. */
    public void listen(ReportListener listener) {
        requireNonNull(listener, "listener");
        synchronized (lock) {
            listeners.add(listener);
            tell(listener, report);
        }
    }

    /**
     * Calls a check in the background like all others, with a slot of its own, but has it decide nothing and shows it in no
     * report: for what is good to know and changes while the node runs. Begins at once, or when the monitor does.
     *
     * @param name for whoever reads the outcome; any text
     */
    public Watch watch(String name, CheckOptions options, HealthCheck check) {
        CheckSlot slot = new CheckSlot(name, options, check, time);
        synchronized (lock) {
            watches.add(slot);
        }
        thread.wake();
        return new Watch(this, slot);
    }

    /** Returns what has come of a watch. */
    CheckReport reportOf(CheckSlot slot) {
        synchronized (lock) {
            return slot.report(time.elapsed());
        }
    }

    /** Ends a watch, interrupting a call where its options allow that. */
    void unwatch(CheckSlot slot) {
        synchronized (lock) {
            watches.remove(slot);
            slot.abandon();
        }
    }

    /** Takes the node out of traffic for good. Once this returns, probes see it. */
    public void drain() {
        synchronized (lock) {
            draining = true;
        }
        publishNow();
    }

    /**
     * Drains, and stops checking. A check that hangs keeps its thread until it returns, unless its options let it be
     * interrupted. Returns within about two seconds.
     */
    @Override
    public void close() {
        drain();
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            publish();
            allSlots().forEach(CheckSlot::abandon);
        }
        gates.forEach(ReadinessGate::detach);
        stopThreads();
    }

    /** Does what is due now, and returns the nanoseconds until there is more to do. */
    long tick() {
        time.awakeSince(wakeAt);
        List<SlotRun<?>> starts;
        List<Transition> changes = List.of();
        long wait;
        synchronized (lock) {
            if (closed) {
                return REPUBLISH;
            }
            long now = time.running();
            boolean news = advance(now);
            if (news || time.elapsed() - publishedAt >= REPUBLISH) {
                changes = publish();
            }
            starts = starts(now);
            wait = untilNextEvent(now);
            wakeAt = time.elapsed() + wait;
        }
        starts.forEach(this::launch);
        log.write(changes, executor);
        return wait;
    }

    /** All gates or none: a monitor that was refused keeps no gate from the next. */
    private void attachGates() {
        List<ReadinessGate> attached = new ArrayList<>();
        try {
            for (ReadinessGate gate : gates) {
                gate.attach(this::publishNow);
                attached.add(gate);
            }
        } catch (HealthConfigException taken) {
            attached.forEach(ReadinessGate::detach);
            throw taken;
        }
    }

    private boolean advance(long now) {
        boolean news = shards != null && shards.advance(now);
        for (CheckSlot slot : slots) {
            news |= slot.advance(now);
        }
        // Nobody waits for these, so they are no news.
        watches.forEach(watch -> watch.advance(now));
        return news;
    }

    private List<CheckSlot> allSlots() {
        List<CheckSlot> all = new ArrayList<>(slots);
        all.addAll(watches);
        return all;
    }

    private List<SlotRun<?>> starts(long now) {
        List<SlotRun<?>> starts = new ArrayList<>();
        for (CheckSlot slot : allSlots()) {
            slot.start(now, thread::wake).ifPresent(starts::add);
        }
        if (shards != null) {
            shards.start(now, thread::wake).ifPresent(starts::add);
        }
        return starts;
    }

    private long untilNextEvent(long now) {
        long wait = publishedAt + REPUBLISH - time.elapsed();
        boolean running = shards != null && shards.isRunning();
        if (shards != null) {
            wait = Math.min(wait, shards.nextEventAt() - now);
        }
        for (CheckSlot slot : allSlots()) {
            wait = Math.min(wait, slot.nextEventAt() - now);
            running |= slot.isRunning();
        }
        return Math.max(SHORTEST_WAIT, running ? Math.min(wait, HEARTBEAT) : wait);
    }

    private void launch(SlotRun<?> run) {
        try {
            executor.execute(run);
        } catch (RuntimeException | Error noThread) {
            run.refuse(noThread);
            thread.wake();
        }
    }

    /** Publishes from whichever thread brought the change, so that the change is visible when its call returns. */
    private void publishNow() {
        List<Transition> changes;
        synchronized (lock) {
            if (closed) {
                return;
            }
            changes = publish();
        }
        log.write(changes, executor);
    }

    private List<Transition> publish() {
        HealthReport next = newReport(report.sequence() + 1);
        List<Transition> changes = transitions.note(report, next);
        listeners.forEach(listener -> tell(listener, next));
        report = next;
        publishedAt = time.elapsed();
        return changes;
    }

    private static void tell(ReportListener listener, HealthReport next) {
        try {
            listener.published(next);
        } catch (RuntimeException | Error failure) {
            LOG.error("a listener of health reports failed", failure);
        }
    }

    private HealthReport newReport(long sequence) {
        long elapsed = time.elapsed();
        List<GateReport> gateReports = gates.stream().map(ReadinessGate::report).toList();
        started = started || (startCalled && gateReports.stream().allMatch(GateReport::hasBeenOpen));
        return new HealthReport(
                sequence,
                time.instant(),
                startCalled ? Duration.ofNanos(elapsed - startedAt) : Duration.ZERO,
                lifecycle(),
                started,
                slots.stream().map(slot -> slot.report(elapsed)).toList(),
                gateReports,
                shards == null ? ShardReport.NO_PROVIDER : shards.report(elapsed));
    }

    private Lifecycle lifecycle() {
        if (closed) {
            return Lifecycle.CLOSED;
        }
        if (draining) {
            return Lifecycle.DRAINING;
        }
        return started ? Lifecycle.RUNNING : Lifecycle.STARTING;
    }

    private void stopThreads() {
        try {
            thread.stop(CLOSE_PATIENCE);
            if (ownThreads.isPresent()) {
                ownThreads.get().close(CLOSE_PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
