package dev.outrigger.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that is known about the node's health at one moment, and the verdicts that follow. Immutable.
 *
 * @param sequence counts the reports of a monitor
 * @param time when the report was made
 * @param uptime since the monitor was started; zero before
 * @param started whether the monitor was started and each gate has been open once; once true, it stays true
 * @param checks in the order they were registered
 * @param gates in the order they were registered
 */
public record HealthReport(
        long sequence,
        Instant time,
        Duration uptime,
        Lifecycle lifecycle,
        boolean started,
        List<CheckReport> checks,
        List<GateReport> gates,
        ShardReport shards) {

    public HealthReport {
        checks = List.copyOf(checks);
        gates = List.copyOf(gates);
    }

    /** Returns the check of the given name, if there is one. */
    public Optional<CheckReport> check(String name) {
        return checks.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /** The same report over some of its checks: the verdicts are those that follow from the rest. */
    public HealthReport overChecks(Predicate<CheckReport> included) {
        return new HealthReport(
                sequence,
                time,
                uptime,
                lifecycle,
                started,
                checks.stream().filter(included).toList(),
                gates,
                shards);
    }

    /**
     * Returns the liveness verdict: unhealthy when a critical liveness check fails; degraded when any other check
     * fails, or a shard is not healthy or has no leader.
     */
    public HealthStatus status() {
        if (checks.stream().anyMatch(CheckReport::failsLiveness)) {
            return HealthStatus.UNHEALTHY;
        }
        boolean degraded = checks.stream().anyMatch(CheckReport::degrades) || shards.degrades();
        return degraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
    }

    /** Tells whether the node should get traffic: nothing in {@link #reasons()} speaks against it. */
    public boolean isReady() {
        return reasons().isEmpty();
    }

    /**
     * Returns why the node is not ready, as words for machines: {@code starting}, {@code draining}, {@code gate:NAME},
     * {@code check:NAME}, {@code shards}. Empty when it is.
     */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (!started) {
            reasons.add("starting");
        }
        if (isLeaving()) {
            reasons.add("draining");
        }
        gates.stream().filter(gate -> !gate.open()).forEach(gate -> reasons.add("gate:" + gate.name()));
        checks.stream().filter(CheckReport::preventsReadiness).forEach(check -> reasons.add("check:" + check.name()));
        if (!shards.ruleHolds()) {
            reasons.add("shards");
        }
        return List.copyOf(reasons);
    }

    /**
     * Tells whether a balancer should send traffic here: the node is neither starting nor leaving, and its quick shard
     * is not unavailable. With no shard open here the gates decide.
     */
    public boolean takesTraffic() {
        return !isLeaving() && couldTakeTraffic();
    }

    /** Tells what {@link #takesTraffic()} would say if the node were not leaving. */
    public boolean couldTakeTraffic() {
        if (!started || shards.counts().isEmpty()) {
            return false;
        }
        return shards.quick()
                .map(quick -> switch (quick.status()) {
                    case HEALTHY, DEGRADED -> true;
                    case UNAVAILABLE -> false;
                })
                .orElseGet(() -> gates.stream().allMatch(GateReport::open));
    }

    /** Returns how far the first closed gate that says so has come. */
    public Optional<Progress> progress() {
        return gates.stream()
                .filter(gate -> !gate.open())
                .flatMap(gate -> gate.progress().stream())
                .findFirst();
    }

    /** Returns what a reader should know before trusting the rest. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        shards.fault()
                .ifPresent(fault -> warnings.add(
                        switch (fault.kind()) {
                            case HUNG -> "shards: the provider does not answer";
                            case FAILED -> "shards: the provider failed";
                        }));
        if (shards.expired()) {
            warnings.add("shards: the last states are too old, so every shard counts as unavailable");
        }
        return List.copyOf(warnings);
    }

    private boolean isLeaving() {
        return lifecycle == Lifecycle.DRAINING || lifecycle == Lifecycle.CLOSED;
    }
}
