package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.ServerEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventQueueTest {

    private static final ServerEvent EVENT = ServerEvent.of("x");
    private static final int BYTES = EVENT.encode().length;

    private final AtomicInteger woken = new AtomicInteger();
    private final EventQueue queue = new EventQueue(woken::incrementAndGet);

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(queue.send(EVENT)).isTrue();
        }
    }

    @Test
    void whoeverLooksByItselfIsNotCalled() {
        send(100);
        queue.end();
        assertThat(woken).hasValue(0);
        assertThat(queue.take()).hasSize(100);
    }

    @Test
    void manyEventsAreOneCall() {
        queue.take();
        send(100);
        assertThat(woken).hasValue(1);
        assertThat(queue.take()).hasSize(100);
        send(100);
        assertThat(woken).hasValue(2);
        queue.take();
        queue.willLook();
        send(100);
        assertThat(woken).hasValue(2);
    }

    @Test
    void whatIsTakenOutCountsUntilTheSocketHasTakenIt() {
        int fits = 64 * 1024 / BYTES;
        send(fits - 1);
        queue.take();
        send(1);
        queue.sent((fits - 1) * BYTES);
        send(fits - 1);
        assertThat(queue.send(EVENT)).isFalse();
        assertThat(queue.isOverflown()).isTrue();
    }

    @Test
    void aQueueThatHasEndedTakesNothing() {
        queue.take();
        queue.end();
        assertThat(woken).hasValue(1);
        assertThat(queue.send(EVENT)).isFalse();
        assertThat(queue.take()).isEmpty();
        assertThat(queue.isOverflown()).isFalse();
    }

    @Test
    void aClosedQueueCallsNobody() {
        queue.take();
        queue.close();
        assertThat(queue.send(EVENT)).isFalse();
        queue.end();
        assertThat(woken).hasValue(0);
    }
}
