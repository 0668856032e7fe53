package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.claimOf;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table {@code a-b} in backup {@code c} and table {@code a} in backup {@code b-c} have files of the same names. */
class SharedNamesTest {

    private static final BackupId SHORT = new BackupId("c");
    private static final BackupId LONG = new BackupId("b-c");
    private static final String ARCHIVE = "shard-0-a-b-c.tar.zst";

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void makeTheTables() throws Exception {
        place = new Place(directory);
        place.tables.put("a", Map.of("0/x", "of a"));
        place.tables.put("a-b", Map.of("0/x", "of a-b"));
    }

    @Test
    void aDeletionThatWasInterruptedTouchesNoBackupThatGotItsNamesMeanwhile() throws Exception {
        place.backup("c", "a-b");
        removal().begin(SHORT);
        place.store.delete(new ObjectName(ARCHIVE));
        place.store.delete(new ObjectName("a-b-c-metadata.json"));
        place.backup("b-c", "a");
        List<StoredObject> before = place.everything();
        assertThat(removal().finish(SHORT, new RecordingControl()).deleted()).containsExactly(SHORT);
        assertThat(place.everything())
                .isEqualTo(before.stream()
                        .filter(object -> !object.name().value().equals(manifestOf("c")))
                        .toList());
        assertThat(place.verify("b-c").isFine()).isTrue();
    }

    @Test
    void aDeadClaimTouchesNoBackupThatWasCommittedUnderTheNamesThatItHas() throws Exception {
        diesOnceItHasClaimed("c", "a-b");
        place.backup("b-c", "a");
        assertThat(place.collect(CollectionOrder.NORMAL).givenUp()).containsExactly(SHORT);
        assertThat(place.verify("b-c").isFine()).isTrue();
        assertThat(place.names()).contains(manifestOf("c")).doesNotContain(claimOf("c"));
    }

    @Test
    void aDeadClaimTouchesNoBackupThatIsBeingWrittenUnderTheNamesThatItHas() throws Exception {
        diesOnceItHasClaimed("c", "a-b");
        diesAfter("COMMIT " + ARCHIVE, "b-c", "a");
        assertThat(place.collect(CollectionOrder.NORMAL, "job-b-c").givenUp()).containsExactly(SHORT);
        assertThat(place.names()).contains(ARCHIVE, claimOf("b-c"));
    }

    @Test
    void anUploadUnderTheSameNameThatGoesOnIsNotAborted() throws Exception {
        diesOnceItHasClaimed("c", "a-b");
        diesAfter("CREATE " + ARCHIVE, "b-c", "a");
        assertThat(place.collect(CollectionOrder.NORMAL, "job-b-c").abortedUploads())
                .isZero();
        assertThat(place.unfinished()).isEqualTo(1);
    }

    @Test
    void ofTwoDeadClaimsOnTheSameNamesNothingIsLeft() throws Exception {
        diesOnceItHasClaimed("c", "a-b");
        diesAfter("COMMIT " + ARCHIVE, "b-c", "a");
        Collected collected = place.collect(CollectionOrder.NORMAL);
        assertThat(collected.givenUp()).containsExactlyInAnyOrder(SHORT, LONG);
        assertThat(place.names()).containsExactlyInAnyOrder(manifestOf("c"), manifestOf("b-c"));
    }

    @Test
    void whereANeighboursManifestIsCorruptWhatItMayNameStays() throws Exception {
        diesOnceItHasClaimed("c", "a-b");
        place.backup("b-c", "a");
        place.write(manifestOf("b-c"), "{".getBytes(UTF_8));
        Collected collected = place.collect(CollectionOrder.NORMAL);
        assertThat(collected.leftAlone()).containsExactly(SHORT);
        assertThat(collected.files()).isZero();
        assertThat(place.names()).contains(ARCHIVE, "a-b-c-metadata.json", claimOf("c"));
    }

    @Test
    void whereANeighboursClaimCannotBeReadWhatItMayNameStays() throws Exception {
        place.backup("c", "a-b");
        removal().begin(SHORT);
        place.write(claimOf("b-c"), "{".getBytes(UTF_8));
        Collected removed = removal().finish(SHORT, new RecordingControl());
        assertThat(removed.leftAlone()).containsExactly(SHORT);
        assertThat(place.names()).contains(ARCHIVE, manifestOf("c"));
        place.store.delete(new ObjectName(claimOf("b-c")));
        assertThat(removal().finish(SHORT, new RecordingControl()).deleted()).containsExactly(SHORT);
        assertThat(place.names()).isEmpty();
    }

    @Test
    void theFilesOfACorruptBackupAreGuessedWithoutThoseOfItsNeighbour() throws Exception {
        place.backup("c", "users");
        place.backup("b-c", "a");
        place.write(manifestOf("c"), "{".getBytes(UTF_8));
        removal().begin(SHORT);
        assertThat(removal().finish(SHORT, new RecordingControl()).files()).isEqualTo(3);
        assertThat(place.verify("b-c").isFine()).isTrue();
        assertThat(place.names()).containsExactly("a-b-c-metadata.json", manifestOf("b-c"), ARCHIVE);
    }

    @Test
    void aCorruptBackupsOwnClaimKeepsWhatItNames() throws Exception {
        diesAfter("COMMIT " + ARCHIVE, "b-c", "a");
        place.write(manifestOf("b-c"), "{".getBytes(UTF_8));
        removal().begin(LONG);
        removal().finish(LONG, new RecordingControl());
        assertThat(place.names()).contains(ARCHIVE, claimOf("b-c"));
        place.collect(CollectionOrder.NORMAL);
        assertThat(place.names()).doesNotContain(ARCHIVE, claimOf("b-c"));
    }

    @Test
    void aWriterThatWasGivenUpAndThenCanceledTouchesNoBackupThatGotItsNamesMeanwhile() throws Exception {
        Cancellation cancellation = new Cancellation();
        MemoryStore writing = place.store.elsewhere();
        writing.hook(new MemoryStore.Hook() {
            @Override
            public void after(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.CREATE) {
                    giveUpAndTakeItsNames();
                    cancellation.canceled = true;
                }
            }
        });
        assertThatThrownBy(() -> place.attempt(writing, "node-2", "c", cancellation, "a-b")
                        .run())
                .isInstanceOf(JobStoppedException.class);
        assertThat(place.verify("b-c").isFine()).isTrue();
        assertThat(place.names()).containsExactly("a-b-c-metadata.json", manifestOf("b-c"), manifestOf("c"), ARCHIVE);
    }

    private void giveUpAndTakeItsNames() throws IOException {
        assertThat(place.collect(CollectionOrder.givingUp(SHORT)).givenUp()).containsExactly(SHORT);
        try {
            place.backup("b-c", "a");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Stops a job from a certain moment on. */
    private static final class Cancellation implements JobControl {

        private volatile boolean canceled;

        @Override
        public void phase(String name, long totalBytes, int totalShards) {}

        @Override
        public void moved(long bytes) {}

        @Override
        public void shardDone() {}

        @Override
        public void log(String line) {}

        @Override
        public void check() {
            if (canceled) {
                throw new JobStoppedException(JobStoppedException.Reason.CANCELED);
            }
        }
    }

    private Removal removal() {
        return new Removal(place.site(), place.store);
    }

    /** A writer looks for its names, claims the id, and, in a second write of the claim, the names; then it dies. */
    private void diesOnceItHasClaimed(String id, String table) {
        diesAfter("REPLACE " + claimOf(id), id, table);
    }

    private void diesAfter(String last, String id, String table) {
        place.dieAfter(last, Place.NODE, id, table);
    }
}
