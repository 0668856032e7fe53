package dev.outrigger.example.kv.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void workThatHangsIsSeen() {
        try (WorkerPool pool = started(2, 4)) {
            pool.offer(heartbeat -> untilReleased());

            await().until(() -> pool.report().isStuck(LIMIT));
            assertThat(pool.report().isShort()).isFalse();
            assertThat(pool.report().busy()).isOne();
            release.countDown();
            await().until(() -> !pool.report().isStuck(LIMIT));
        }
    }

    @Test
    void aStepEndsWhereTheNextBegins() {
        CountDownLatch secondStep = new CountDownLatch(1);
        try (WorkerPool pool = started(1, 4)) {
            pool.offer(heartbeat -> {
                untilReleased();
                heartbeat.beat();
                secondStep.countDown();
                heartbeat.beat();
            });
            await().until(() -> pool.report().isStuck(LIMIT));
            release.countDown();
            await().until(() -> secondStep.getCount() == 0);
            assertThat(pool.report().isStuck(LIMIT)).isFalse();
        }
    }

    @Test
    void workersThatWereToldToGoAreNotMissed() {
        WorkerPool pool = started(2, 4);
        pool.close();
        assertThat(pool.report().alive()).isZero();
        assertThat(pool.report().isShort()).isFalse();
    }

    @Test
    void workThatThrowsCostsNoWorker() {
        AtomicInteger done = new AtomicInteger();
        try (WorkerPool pool = started(1, 4)) {
            pool.offer(heartbeat -> {
                throw new IllegalStateException("thrown on purpose");
            });
            pool.offer(heartbeat -> done.incrementAndGet());
            await().until(() -> done.get() == 1);
            assertThat(pool.report().isShort()).isFalse();
        }
    }

    @Test
    void anErrorCostsTheWorkerAndIsSeen() {
        try (WorkerPool pool = started(2, 4)) {
            pool.offer(heartbeat -> {
                throw new AssertionError("thrown on purpose");
            });
            await().dontCatchUncaughtExceptions().until(() -> pool.report().isShort());
            assertThat(pool.report().alive()).isOne();
        }
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        try (WorkerPool pool = started(1, 1)) {
            pool.offer(heartbeat -> untilReleased());
            await().until(() -> pool.report().busy() == 1);

            assertThat(pool.offer(heartbeat -> {})).isTrue();
            assertThat(pool.offer(heartbeat -> {})).isFalse();
            release.countDown();
        }
    }

    @Test
    void closingFinishesWhatWaitsAndLeavesNoThread() {
        AtomicInteger done = new AtomicInteger();
        WorkerPool pool = started(2, 100);
        for (int i = 0; i < 100; i++) {
            pool.offer(heartbeat -> done.incrementAndGet());
        }
        pool.close();

        assertThat(done).hasValue(100);
        assertThat(pool.report().alive()).isZero();
    }

    @Test
    void aCallerInAHurryLeavesNoThreadEither() {
        WorkerPool pool = started(2, 4);
        Thread.currentThread().interrupt();
        pool.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(pool.report().alive()).isZero();
    }

    private static WorkerPool started(int size, int capacity) {
        WorkerPool pool = new WorkerPool(size, capacity);
        pool.start();
        return pool;
    }

    private void untilReleased() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
