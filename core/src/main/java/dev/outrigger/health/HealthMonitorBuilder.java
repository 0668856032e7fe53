package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts a {@link HealthMonitor} together. Each argument is checked when given. For one thread. */
public final class HealthMonitorBuilder {

    private final Map<String, Registration> checks = new LinkedHashMap<>();
    private final Map<String, ReadinessGate> gates = new LinkedHashMap<>();
    private @Nullable ShardProvider provider;
    private int quickShard;
    private ShardRule shardRule = ShardRule.anyAvailable();
    private @Nullable Executor executor;
    private LongSupplier nanos = System::nanoTime;
    private InstantSource wallClock = Clock.systemUTC();

    HealthMonitorBuilder() {}

    private record Registration(CheckOptions options, HealthCheck check) {}

    /**
     * Adds a check.
     *
     * @param name of letters, digits, {@code . _ -}, at most 63; no other check's
     * @throws HealthConfigException if the name is taken or not allowed
     */
    public HealthMonitorBuilder check(String name, CheckOptions options, HealthCheck check) {
        String allowed = new ComponentName(name).value();
        Registration registration =
                new Registration(requireNonNull(options, "options"), requireNonNull(check, "check"));
        if (checks.putIfAbsent(allowed, registration) != null) {
            throw new HealthConfigException("check: '" + name + "' (expected: a name that no other check has)");
        }
        return this;
    }

    /**
     * Adds a gate.
     *
     * @throws HealthConfigException if another gate has its name
     */
    public HealthMonitorBuilder gate(ReadinessGate gate) {
        if (gates.putIfAbsent(gate.name(), gate) != null) {
            throw new HealthConfigException("gate: '" + gate.name() + "' (expected: a name that no other gate has)");
        }
        return this;
    }

    /** Sets where shard states are read from. Default: there are no shards. */
    public HealthMonitorBuilder shards(ShardProvider newProvider) {
        provider = requireNonNull(newProvider, "shards");
        return this;
    }

    /**
     * Sets the shard that stands for the node in a balancer's check. Default: 0. While it is not open here, the lowest
     * one that is stands in.
     *
     * @throws HealthConfigException if the id is negative
     */
    public HealthMonitorBuilder quickShard(int id) {
        quickShard = Expect.atLeast(0, "quickShard", id);
        return this;
    }

    /** Sets when shards let the node be ready. Default: {@link ShardRule#anyAvailable()}. */
    public HealthMonitorBuilder shardRule(ShardRule rule) {
        shardRule = requireNonNull(rule, "shardRule");
        return this;
    }

    /**
     * Sets what runs checks. It must have a thread for each call at once: a check that waits for a thread is a check
     * that times out. It is not closed with the monitor. Default: threads of the monitor's own.
     */
    public HealthMonitorBuilder executor(Executor newExecutor) {
        executor = requireNonNull(newExecutor, "executor");
        return this;
    }

    /**
     * Sets the clocks. Default: those of the system.
     *
     * @param nanoTime monotonic, in nanoseconds, like {@link System#nanoTime()}
     * @param newWallClock for the times that reports show
     */
    public HealthMonitorBuilder clocks(LongSupplier nanoTime, InstantSource newWallClock) {
        nanos = requireNonNull(nanoTime, "nanoTime");
        wallClock = requireNonNull(newWallClock, "wallClock");
        return this;
    }

    /**
     * Builds the monitor, which does nothing before it is started.
     *
     * @throws HealthConfigException if a gate belongs to another monitor
     */
    public HealthMonitor build() {
        return new HealthMonitor(this);
    }

    MonitorTime time() {
        return new MonitorTime(nanos, wallClock);
    }

    Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    List<CheckSlot> slots(MonitorTime time) {
        List<CheckSlot> slots = new ArrayList<>();
        checks.forEach((name, check) -> slots.add(new CheckSlot(name, check.options(), check.check(), time)));
        return List.copyOf(slots);
    }

    List<ReadinessGate> gates() {
        return List.copyOf(gates.values());
    }

    Optional<ShardProvider> provider() {
        return Optional.ofNullable(provider);
    }

    Optional<ShardSlot> shardSlot(MonitorTime time) {
        return provider().map(known -> new ShardSlot(known, quickShard, shardRule, time));
    }
}
