package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.claimOf;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RemovalTest {

    private static final BackupId ID = new BackupId("old");

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void makeTwoBackups() throws Exception {
        place = new Place(directory);
        place.backup("old");
        place.backup("new");
    }

    @Test
    void aDeletedBackupIsNoneAtOnceAndItsIdIsTaken() throws Exception {
        removal(place.store).begin(ID);
        assertThat(place.listed()).containsExactly("new");
        assertThatThrownBy(() -> place.verify("old"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatThrownBy(() -> place.backup("old"))
                .isInstanceOf(BackupConflictException.class)
                .hasMessageContaining("being deleted");
    }

    @Test
    void aTombstoneHasTheSameFiles() throws Exception {
        String before = place.manifest("old");
        removal(place.store).begin(ID);
        assertThat(place.manifest("old")).isEqualTo(before.replaceFirst("\"completed\"", "\"deleting\""));
    }

    @Test
    void whatIsRemovedIsCountedAndTheOtherBackupStays() throws Exception {
        List<StoredObject> other = of("new");
        long bytes = of("old").stream()
                .filter(object -> !object.name().value().equals(manifestOf("old")))
                .mapToLong(StoredObject::bytes)
                .sum();
        removal(place.store).begin(ID);
        Collected removed = removal(place.store).finish(ID, new RecordingControl());
        assertThat(removed).isEqualTo(new Collected(List.of(ID), List.of(), List.of(), 5, bytes, 0, 0));
        assertThat(place.everything()).isEqualTo(other);
        assertThat(place.verify("new").isFine()).isTrue();
    }

    @Test
    void anIdIsFreeOnceItsBackupIsGone() throws Exception {
        removal(place.store).begin(ID);
        removal(place.store).finish(ID, new RecordingControl());
        place.backup("old");
        assertThat(place.verify("old").isFine()).isTrue();
    }

    @Test
    void deletingTwiceIsDeletingOnce() throws Exception {
        removal(place.store).begin(ID);
        List<StoredObject> begun = place.everything();
        removal(place.store).begin(ID);
        assertThat(place.everything()).isEqualTo(begun);
        removal(place.store).finish(ID, new RecordingControl());
        List<StoredObject> finished = place.everything();
        Collected again = removal(place.store).finish(ID, new RecordingControl());
        assertThat(again).isEqualTo(new Collected(List.of(), List.of(), List.of(), 0, 0, 0, 0));
        assertThat(place.everything()).isEqualTo(finished);
    }

    @Test
    void whatIsABackupIsNotFinished() throws Exception {
        List<StoredObject> before = place.everything();
        removal(place.store).finish(ID, new RecordingControl());
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void thereIsNothingToDeleteWhereThereIsNoBackup() throws Exception {
        assertThatThrownBy(() -> removal(place.store).begin(new BackupId("none")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(place.names()).doesNotContain(manifestOf("none"));
    }

    @ParameterizedTest
    @MethodSource("misfortunes")
    void stoppedAfterAnyOperationItIsWholeOrDeletingAndTheNextTimeRemovesTheRest(IntFunction<Fate> misfortune)
            throws Exception {
        List<StoredObject> other = of("new");
        for (int step = 0; ; step++) {
            Fate fate = misfortune.apply(step);
            MemoryStore dying = place.store.elsewhere();
            dying.hook(fate);
            boolean ended = ends(() -> {
                removal(dying).begin(ID);
                removal(dying).finish(ID, new RecordingControl());
            });
            assertWholeOrDeleting();
            beginAgain();
            removal(place.store).finish(ID, new RecordingControl());
            assertThat(place.everything()).as("after %s", fate).isEqualTo(other);
            if (ended && step > 0) {
                assertThat(step).isGreaterThan(20);
                return;
            }
            place.backup("old");
        }
    }

    @ParameterizedTest
    @MethodSource("misfortunes")
    void stoppedAfterAnyOperationACollectionRemovesTheRest(IntFunction<Fate> misfortune) throws Exception {
        List<StoredObject> other = of("new");
        removal(place.store).begin(ID);
        for (int step = 0; ; step++) {
            Fate fate = misfortune.apply(step);
            MemoryStore dying = place.store.elsewhere();
            dying.hook(fate);
            boolean ended = ends(() -> removal(dying).finish(ID, new RecordingControl()));
            place.collect(CollectionOrder.NORMAL);
            assertThat(place.everything()).as("after %s", fate).isEqualTo(other);
            if (ended && step > 0) {
                return;
            }
            place.backup("old");
            removal(place.store).begin(ID);
        }
    }

    @Test
    void aJobThatIsStoppedGoesOnLater() throws Exception {
        List<StoredObject> other = of("new");
        removal(place.store).begin(ID);
        JobControl stopped = new RecordingControl(7, JobStoppedException.Reason.CLOSING);
        assertThatThrownBy(() -> removal(place.store).finish(ID, stopped)).isInstanceOf(JobStoppedException.class);
        assertThat(place.names()).contains(manifestOf("old"));
        removal(place.store).finish(ID, new RecordingControl());
        assertThat(place.everything()).isEqualTo(other);
    }

    @Test
    void theClaimOfAWriterThatCommittedAndDiedGoesToo() throws Exception {
        List<StoredObject> before = place.everything();
        place.dieAfter("PUT_IF_ABSENT " + manifestOf("third"), Place.NODE, "third");
        assertThat(place.names()).contains(claimOf("third"), manifestOf("third"));
        removal(place.store).begin(new BackupId("third"));
        removal(place.store).finish(new BackupId("third"), new RecordingControl());
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void aBackupMadeMeanwhileUnderTheSameIdIsNotTouchedByAnotherNodeThatStillRemoves() throws Exception {
        removal(place.store).begin(ID);
        MemoryStore slow = place.store.elsewhere();
        slow.hook(new MemoryStore.Hook() {
            private boolean done;

            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.LIST && !done) {
                    done = true;
                    removeAndMakeAgain();
                }
            }
        });
        removal(slow).finish(ID, new RecordingControl());
        assertThat(place.verify("old").isFine()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("corruptions")
    void aCorruptBackupIsDeletedByTheEndsOfItsFilesNames(byte[] manifest) throws Exception {
        List<StoredObject> other = of("new");
        place.write("notes-old.txt", "somebody else's".getBytes(UTF_8));
        place.write(manifestOf("old"), manifest);
        removal(place.store).begin(ID);
        assertThat(place.listed()).containsExactly("new");
        Collected removed = removal(place.store).finish(ID, new RecordingControl());
        assertThat(removed.deleted()).containsExactly(ID);
        assertThat(place.names())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("notes-old.txt"),
                                other.stream().map(object -> object.name().value()))
                        .toList());
        assertThat(place.verify("new").isFine()).isTrue();
    }

    @Test
    void aBackupWithAnothersSignatureIsDeletedByItsList() throws Exception {
        Place here = place.withKey(ManifestSignature.with(SigningKey.of("0123456789abcdef".getBytes(UTF_8))));
        List<StoredObject> other = of("new");
        place.write("shard-7-x-old.tar.zst", "in no list".getBytes(UTF_8));
        Removal removal = new Removal(here.site(), place.store);
        removal.begin(ID);
        assertThat(place.manifest("old")).contains("\"deleting\"", "shard-0-users-old.tar.zst", "\"signature\"");
        removal.finish(ID, new RecordingControl());
        assertThat(place.names()).hasSize(other.size() + 1).contains("shard-7-x-old.tar.zst");
    }

    static List<byte[]> corruptions() {
        return List.of(
                new byte[0],
                "{".getBytes(UTF_8),
                "{\"min_reader_version\":2}".getBytes(UTF_8),
                "{\"backup_id\":\"new\",\"min_reader_version\":1}".getBytes(UTF_8));
    }

    static List<IntFunction<Fate>> misfortunes() {
        return List.of(Fate::deathAfter, Fate::failureOf, Fate::failureAfter);
    }

    private Removal removal(MemoryStore store) {
        return new Removal(place.site(), store);
    }

    private List<StoredObject> of(String id) throws IOException {
        return place.everything().stream()
                .filter(object -> object.name().value().contains(id))
                .toList();
    }

    private void removeAndMakeAgain() throws IOException {
        try {
            removal(place.store).finish(ID, new RecordingControl());
            place.backup("old");
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertWholeOrDeleting() throws Exception {
        if (place.listed().contains("old")) {
            assertThat(place.verify("old").isFine()).isTrue();
        }
    }

    private void beginAgain() throws IOException {
        try {
            removal(place.store).begin(ID);
        } catch (RefusedException e) {
            assertThat(place.names()).doesNotContain(manifestOf("old"));
        }
    }

    private static boolean ends(Work work) throws Exception {
        try {
            work.run();
            return true;
        } catch (Fate.Died | IOException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Work {

        void run() throws Exception;
    }
}
