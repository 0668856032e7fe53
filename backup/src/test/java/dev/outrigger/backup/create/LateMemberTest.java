package dev.outrigger.backup.create;

import static dev.outrigger.backup.create.SpreadBench.LOWER;
import static dev.outrigger.backup.create.SpreadBench.N2;
import static dev.outrigger.backup.create.SpreadBench.N3;
import static dev.outrigger.backup.create.SpreadBench.UPPER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.location.MemoryStore;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A member that was taken for dead in the middle of its errand, while another did it, and wakes up later. */
class LateMemberTest {

    /** Holds a process still at one of its steps, until it is let go. */
    private static final class Sleep implements MemoryStore.Hook {

        private final int at;
        private final CountDownLatch asleep = new CountDownLatch(1);
        private final CountDownLatch awake = new CountDownLatch(1);
        private int seen; // by the errand's own thread

        private Sleep(int at) {
            this.at = at;
        }

        private boolean isReached() {
            try {
                return asleep.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void before(MemoryStore.Operation operation, String name) throws IOException {
            if (++seen == at) {
                asleep.countDown();
                try {
                    if (!awake.await(60, TimeUnit.SECONDS)) {
                        throw new IOException("nobody woke it");
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    /** An errand of a member that sleeps, on a thread of its own. */
    private static final class Sleeper {

        private final Sleep sleep;
        private final CompletableFuture<String> end = new CompletableFuture<>();

        private Sleeper(SpreadBench bench, ShardOrder order, int at) {
            sleep = new Sleep(at);
            MemoryStore store = bench.place.elsewhere();
            store.hook(sleep);
            Thread thread = new Thread(
                    () -> {
                        try {
                            new ShardErrand(bench.late(N2), order, store, new RecordingControl()).run();
                            end.complete("done");
                        } catch (Exception e) {
                            end.complete(e.getClass().getSimpleName());
                        }
                    },
                    "late-member");
            thread.setDaemon(true);
            thread.start();
            end.whenComplete((result, failure) -> sleep.asleep.countDown()); // It may never come to that step.
            assertThat(sleep.isReached()).isTrue();
        }

        private String wake() {
            sleep.awake.countDown();
            return end.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private static int stepsOfMember() throws Exception {
        SpreadBench bench = new SpreadBench();
        Fate counting = Fate.uneventful();
        bench.members.fate(N2, counting);
        bench.coordinator(Fate.uneventful()).run();
        return counting.begun().size() / 2; // It has two errands.
    }

    /** Lets the second member sleep at a step, while the third does its work; it wakes when the coordinator takes one of its own. */
    private static String wakes(int sleepsAt, int wakesAt) throws Exception {
        SpreadBench bench = new SpreadBench();
        bench.leaders.put(3, N3);
        Sleeper[] sleeper = new Sleeper[1];
        bench.members.instead(N2, order -> {
            sleeper[0] = new Sleeper(bench, order, sleepsAt);
            bench.leaders.put(1, N3);
        });
        int[] steps = new int[1];
        bench.members.eachStep(() -> {
            if (sleeper[0] != null && steps[0]++ == wakesAt) {
                sleeper[0].wake();
            }
        });
        BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
        String when = "sleeps at " + sleepsAt + ", wakes at " + wakesAt;
        assertThat(outcome.status()).as(when).isEqualTo("completed");
        String end = sleeper[0].wake();
        bench.assertWholeAndAlone(when, LOWER, UPPER);
        return end;
    }

    @Test
    void whereverItSleepsAndWheneverItWakesNothingIsMixed() throws Exception {
        int steps = stepsOfMember();
        assertThat(steps).isGreaterThan(5);
        for (int sleeps = 1; sleeps <= steps; sleeps++) {
            for (int wakes = 0; wakes < 60; wakes++) {
                wakes(sleeps, wakes);
            }
        }
    }

    @Test
    void oneThatWakesAfterTheCommitWritesNothing() throws Exception {
        int steps = stepsOfMember();
        for (int sleeps = 1; sleeps <= steps; sleeps++) {
            assertThat(wakes(sleeps, Integer.MAX_VALUE))
                    .as("sleeps at " + sleeps)
                    .isNotEqualTo("done");
        }
    }

    @Test
    void oneThatWakesAfterTheBackupWasGivenUpLeavesNothing() throws Exception {
        int steps = stepsOfMember();
        for (int sleeps = 1; sleeps <= steps; sleeps++) {
            SpreadBench bench = new SpreadBench();
            int at = sleeps;
            Sleeper[] sleeper = new Sleeper[1];
            bench.members.instead(N2, order -> sleeper[0] = new Sleeper(bench, order, at));
            bench.members.eachPause(() -> {
                throw ScriptedMembers.canceled();
            });
            BackupAttempt attempt = bench.coordinator(Fate.uneventful());
            assertThat(catchThrowable(attempt::run)).isInstanceOf(JobStoppedException.class);
            sleeper[0].wake();
            bench.assertNothing("sleeps at " + sleeps);
        }
    }
}
