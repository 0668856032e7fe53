package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.health.ReadinessGate;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps a node out of traffic until it has what the others have: each of its replicas knows a leader, and has applied what that had
 * committed. Opens once. {@code /startup} and {@code /ready} show how many groups are that far, of how many.
 */
final class StartupGate {

    private static final String PHASE = "catching up with the groups";

    private final Supplier<List<DivisionView>> divisions;
    private final int groups;
    private final ReadinessGate gate = ReadinessGate.closed("groups", "the replicas are being opened");

    /**
     * @param divisions returns this node's replicas, at once
     * @param groups how many it is to have
     */
    StartupGate(Supplier<List<DivisionView>> divisions, int groups) {
        this.divisions = requireNonNull(divisions, "divisions");
        this.groups = groups;
    }

    ReadinessGate gate() {
        return gate;
    }

    /** Looks how far the groups are, and opens the gate once all of them are there. */
    void look() {
        if (gate.isOpen()) {
            return;
        }
        long done = divisions.get().stream().filter(StartupGate::isCaughtUp).count();
        gate.progress(done, groups, PHASE);
        if (done == groups) {
            gate.open();
        }
    }

    private static boolean isCaughtUp(DivisionView view) {
        return view.state() == DivisionState.SERVING
                && view.leader().isPresent()
                && view.appliedIndex() >= view.commitIndex();
    }
}
