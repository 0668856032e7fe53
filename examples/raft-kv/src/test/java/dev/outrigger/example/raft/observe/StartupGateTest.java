package dev.outrigger.example.raft.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupGateTest {

    private List<DivisionView> divisions = List.of();
    private final StartupGate startup = new StartupGate(() -> divisions, 1);

    @Test
    void theGateOpensWhenEachGroupHasALeaderAndWhatItCommitted() {
        startup.look();
        assertThat(startup.gate().isOpen()).isFalse();

        see(Optional.of("n2"), DivisionState.OPENING, 100);
        see(Optional.of("n2"), DivisionState.SERVING, 99);
        see(Optional.empty(), DivisionState.SERVING, 100);
        assertThat(startup.gate().isOpen()).isFalse();

        see(Optional.of("n2"), DivisionState.SERVING, 100);
        assertThat(startup.gate().isOpen()).isTrue();
    }

    @Test
    void onceOpenItStaysOpen() {
        see(Optional.of("n2"), DivisionState.SERVING, 100);
        see(Optional.empty(), DivisionState.SERVING, 100);

        assertThat(startup.gate().isOpen()).isTrue();
    }

    private void see(Optional<String> leader, DivisionState state, long applied) {
        divisions = List.of(Views.follower(leader, state, applied));
        startup.look();
    }
}
