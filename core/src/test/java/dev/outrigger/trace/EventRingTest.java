package dev.outrigger.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EventRingTest {

    private final EventRing ring = new EventRing(4);

    @Test
    void whatIsAddedComesOutInOrder() {
        List<AccessEvent> events =
                IntStream.range(0, 10).mapToObj(Events::access).toList();
        List<LogEvent> taken = new ArrayList<>();
        for (AccessEvent event : events) {
            assertThat(ring.offer(event)).isTrue();
            taken.add(ring.poll());
        }
        assertThat(taken).containsExactlyElementsOf(events);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.poll()).isNull();
    }

    @Test
    void aFullRingTakesNothingUntilSomethingIsTaken() {
        for (int i = 0; i < 4; i++) {
            assertThat(ring.offer(Events.access(i))).isTrue();
        }
        assertThat(ring.offer(Events.access(4))).isFalse();
        assertThat(ring.poll()).isEqualTo(Events.access(0));
        assertThat(ring.offer(Events.access(4))).isTrue();
        assertThat(ring.offer(Events.access(5))).isFalse();
    }

    @Test
    @Timeout(20)
    void manyThreadsAddAndNothingIsLost() {
        int each = 20_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> add(each)));
        }
        threads.forEach(Thread::start);
        int taken = 0;
        while (taken < 4 * each) {
            if (ring.poll() != null) {
                taken++;
            }
        }
        assertThat(ring.isEmpty()).isTrue();
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            while (!ring.offer(Events.access(i))) {
                Thread.onSpinWait();
            }
        }
    }
}
