package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.util.List;
import java.util.function.Supplier;

/** Does each of this node's replicas apply what its group agrees on? Whether there is a leader is not its business. */
final class ReplicasCheck implements HealthCheck {

    private final Supplier<List<DivisionView>> divisions;

    ReplicasCheck(Supplier<List<DivisionView>> divisions) {
        this.divisions = requireNonNull(divisions, "divisions");
    }

    @Override
    public HealthResult check() {
        List<DivisionView> now = divisions.get();
        List<String> failed = in(DivisionState.FAILED, now);
        List<String> healing = in(DivisionState.HEALING, now);
        return verdict(failed, healing)
                .withDetail("replicas", now.size())
                .withDetail("failed", String.join(",", failed))
                .withDetail("healing", String.join(",", healing));
    }

    private static HealthResult verdict(List<String> failed, List<String> healing) {
        if (!failed.isEmpty()) {
            return HealthResult.unhealthy("failed: " + String.join(", ", failed));
        }
        return healing.isEmpty()
                ? HealthResult.healthy()
                : HealthResult.degraded("fetched from another node: " + String.join(", ", healing));
    }

    private static List<String> in(DivisionState state, List<DivisionView> divisions) {
        return divisions.stream()
                .filter(view -> view.state() == state)
                .map(view -> view.group().toString())
                .toList();
    }
}
