package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.manifestOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.BackupId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer on another node that an operator gives up although it lives: of commit and tombstone, the first has the say. */
class CommitOrGiveUpTest {

    private static final BackupId ID = new BackupId("b1");

    @TempDir
    Path directory;

    @Test
    void aCollectionAtAnyMomentOfAWriterLeavesAWholeBackupOrNone() throws Exception {
        Tally tally = new Tally();
        for (int step = 1; ; step++) {
            Place place = new Place(directory);
            Interruption interruption = new Interruption(step, () -> place.collect(CollectionOrder.givingUp(ID)));
            MemoryStore writing = place.store.elsewhere();
            writing.hook(interruption);
            tally.settle(place, ends(writer(place, writing)));
            if (!interruption.happened) {
                break;
            }
        }
        assertThat(tally.committed).isGreaterThan(3);
        assertThat(tally.givenUp).isGreaterThan(20);
    }

    @Test
    void aWriterThatGoesOnAtAnyMomentOfACollectionCommitsOrLeavesNothing() throws Exception {
        Tally tally = new Tally();
        List<String> deaths = List.of(
                "PUT_IF_ABSENT b1-cluster-inprogress.json",
                "REPLACE b1-cluster-inprogress.json",
                "CREATE shard-0-empty-b1.tar.zst",
                "COMMIT shard-0-empty-b1.tar.zst",
                "COMMIT shard-1-users-b1.tar.zst",
                "PUT_IF_ABSENT users-b1-metadata.json",
                "PUT_IF_ABSENT b1-cluster-metadata.json");
        for (String death : deaths) {
            for (int step = 1; ; step++) {
                Place place = new Place(directory);
                place.dieAfter(death, "node-2", "b1");
                boolean[] committed = new boolean[1];
                Interruption interruption =
                        new Interruption(step, () -> committed[0] = ends(writer(place, place.store.elsewhere())));
                MemoryStore collecting = place.store.elsewhere();
                collecting.hook(interruption);
                place.collect(collecting, CollectionOrder.givingUp(ID));
                if (!interruption.happened) {
                    break;
                }
                place.collect(CollectionOrder.givingUp(ID));
                tally.settle(place, committed[0]);
            }
        }
        assertThat(tally.committed).isGreaterThan(3);
        assertThat(tally.givenUp).isGreaterThan(20);
    }

    @Test
    void aWriterThatWakesUpLongAfterwardsFails() throws Exception {
        Place place = new Place(directory);
        place.dieAfter("COMMIT shard-1-users-b1.tar.zst", "node-2", "b1");
        place.collect(CollectionOrder.givingUp(ID));
        List<String> left = place.names();
        assertThat(ends(writer(place, place.store.elsewhere()))).isFalse();
        assertThat(place.names()).isEqualTo(left).containsExactly(manifestOf("b1"));
    }

    private static BackupAttempt writer(Place place, MemoryStore store) {
        return place.attempt(store, "node-2", "b1");
    }

    /** Tells whether it committed; else it failed with a conflict. */
    private static boolean ends(BackupAttempt attempt) throws IOException {
        try {
            attempt.run();
            return true;
        } catch (BackupConflictException e) {
            return false;
        }
    }

    /** Counts how the two ended. */
    private static final class Tally {

        private int committed;
        private int givenUp;

        void settle(Place place, boolean commit) throws Exception {
            assertThat(place.unfinished()).isZero();
            if (commit) {
                committed++;
                assertThat(place.verify("b1").isFine()).isTrue();
                assertThat(place.names()).hasSize(6);
            } else {
                givenUp++;
                assertThat(place.names()).isEqualTo(List.of(manifestOf("b1")));
                assertThat(place.manifest("b1")).contains("\"aborted\"");
            }
        }
    }

    /** Has something else happen right before one operation of a process. */
    private static final class Interruption implements MemoryStore.Hook {

        private final int step;
        private final Work work;
        private final List<String> begun = new ArrayList<>();
        private volatile boolean happened;

        Interruption(int step, Work work) {
            this.step = step;
            this.work = work;
        }

        @Override
        public synchronized void before(MemoryStore.Operation operation, String name) throws IOException {
            begun.add(operation + " " + name);
            if (begun.size() == step) {
                happened = true;
                work.run();
            }
        }
    }

    @FunctionalInterface
    private interface Work {

        void run() throws IOException;
    }
}
