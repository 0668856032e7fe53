package dev.outrigger.example.raft;

import static dev.outrigger.example.raft.Operation.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.raft.Operation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds others to their word must itself be held to it. */
class LinearizabilityTest {

    private static final String NOTHING = "";

    @Test
    void whatCameOneAfterAnotherIsReadAsItWasWritten() {
        assertThat(holds(write("a", 0, 1), read("a", 2, 3), write("b", 4, 5), read("b", 6, 7)))
                .isTrue();
        assertThat(holds(read(NOTHING, 0, 1), write("a", 2, 3))).isTrue();
    }

    @Test
    void aReadOfWhatWasOverwrittenBeforeItBeganIsFound() {
        assertThat(holds(write("a", 0, 1), write("b", 2, 3), read("a", 4, 5))).isFalse();
    }

    @Test
    void anAcknowledgedWriteThatIsLostIsFound() {
        assertThat(holds(write("a", 0, 1), read(NOTHING, 2, 3))).isFalse();
    }

    @Test
    void operationsAtTheSameTimeMayComeInAnyOrder() {
        assertThat(holds(write("a", 0, 10), write("b", 0, 10), read("a", 11, 12)))
                .isTrue();
        assertThat(holds(write("a", 0, 10), write("b", 0, 10), read("b", 11, 12)))
                .isTrue();
        assertThat(holds(write("a", 0, 10), read("a", 1, 2), read(NOTHING, 3, 4)))
                .isFalse();
    }

    @Test
    void whatWasReadOnceIsNotUnread() {
        assertThat(holds(write("a", 0, 1), write("b", 2, 10), read("b", 3, 4), read("a", 5, 6)))
                .isFalse();
    }

    @Test
    void aWriteThatWasNotSettledMayHaveBeenDoneLateOrNever() {
        assertThat(holds(write("a", 0, 1), write("b", 2, NEVER), read("a", 3, 4), read("b", 5, 6), read("b", 7, 8)))
                .isTrue();
        assertThat(holds(write("a", 0, 1), write("b", 2, NEVER), read("a", 3, 4)))
                .isTrue();
        assertThat(holds(write("a", 0, 1), read("b", 2, 3), write("b", 4, NEVER)))
                .isFalse();
        assertThat(holds(write("a", 0, 1), write("b", 2, NEVER), read("b", 3, 4), read("a", 5, 6)))
                .isFalse();
    }

    @Test
    void aLongHistoryIsJudgedToo() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            operations.add(write("v" + i, 10L * i, 10L * i + 4));
            operations.add(read("v" + i, 10L * i + 2, 10L * i + 12));
        }
        assertThat(Linearizability.holds(operations, NOTHING)).isTrue();

        operations.add(read("v7", 30_000, 30_001));
        assertThat(Linearizability.holds(operations, NOTHING)).isFalse();
    }

    private static boolean holds(Operation... operations) {
        return Linearizability.holds(List.of(operations), NOTHING);
    }

    private static Operation write(String value, long began, long ended) {
        return new Operation(Kind.WRITE, value, began, ended);
    }

    private static Operation read(String value, long began, long ended) {
        return new Operation(Kind.READ, value, began, ended);
    }
}
