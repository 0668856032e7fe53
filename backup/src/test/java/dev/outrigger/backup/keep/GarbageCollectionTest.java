package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.claimOf;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {

    private static final BackupId DEAD = new BackupId("dead");
    private static final CollectionOrder DRY = new CollectionOrder(Set.of(), true);

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void makeABackup() throws Exception {
        place = new Place(directory);
        place.backup("kept");
    }

    @Test
    void whatADeadWriterLeftIsRemovedWhereverItDied() throws Exception {
        List<StoredObject> before = place.everything();
        int step = 0;
        boolean died = true;
        for (; died; step++) {
            String id = "dead" + step;
            died = dies(id, step);
            boolean claimed = place.names().contains(claimOf(id));
            boolean committed = place.names().contains(manifestOf(id));
            place.collect(CollectionOrder.NORMAL);
            assertThat(place.names()).as("died after %d", step).doesNotContain(claimOf(id));
            assertThat(place.unfinished()).isZero();
            if (committed) {
                assertThat(place.verify(id).isFine()).isTrue();
            } else {
                assertThat(of(id)).isEqualTo(claimed ? List.of(manifestOf(id)) : List.of());
            }
            delete(id);
        }
        assertThat(step).isGreaterThan(20);
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void aCollectionThatDiesAnywhereIsFinishedByTheNext() throws Exception {
        for (String death : List.of("CREATE shard-0-empty-", "COMMIT shard-1-users-", "PUT_IF_ABSENT users-")) {
            int step = 0;
            boolean collected = false;
            while (!collected) {
                String id = "dead" + step;
                place.dieAfter(death + id + (death.startsWith("P") ? "-metadata.json" : ".tar.zst"), Place.NODE, id);
                MemoryStore dying = place.store.elsewhere();
                Fate fate = Fate.deathAfter(step++);
                dying.hook(fate);
                collected = ends(() -> place.collect(dying, CollectionOrder.NORMAL));
                place.collect(CollectionOrder.NORMAL);
                assertThat(of(id)).as("%s, %s", death, fate).containsExactly(manifestOf(id));
                assertThat(place.unfinished()).isZero();
                assertThat(place.verify("kept").isFine()).isTrue();
                delete(id);
            }
            assertThat(step).isGreaterThan(15);
        }
    }

    @Test
    void aCollectionWhoseStoreFailsAnywhereIsFinishedByTheNext() throws Exception {
        int step = 1;
        boolean collected = false;
        while (!collected) {
            String id = "dead-" + step;
            diesLate(Place.NODE, id);
            MemoryStore failing = place.store.elsewhere();
            failing.hook(Fate.failureAfter(step++));
            collected = ends(() -> place.collect(failing, CollectionOrder.NORMAL));
            place.collect(CollectionOrder.NORMAL);
            assertThat(of(id)).containsExactly(manifestOf(id));
            assertThat(place.verify("kept").isFine()).isTrue();
            delete(id);
        }
    }

    @Test
    void whatIsRemovedIsCounted() throws Exception {
        diesLate(Place.NODE, "dead");
        long bytes = place.everything().stream()
                .filter(object -> object.name().value().contains("-dead"))
                .mapToLong(StoredObject::bytes)
                .sum();
        Collected collected = place.collect(CollectionOrder.NORMAL);
        assertThat(collected.givenUp()).containsExactly(DEAD);
        assertThat(collected.files()).isEqualTo(4);
        assertThat(collected.bytes()).isEqualTo(bytes);
        assertThat(collected.orphans()).isZero();
        assertThat(place.collect(CollectionOrder.NORMAL)).isEqualTo(nothing());
    }

    @Test
    void theIdOfWhatWasGivenUpIsNotUsedAgain() throws Exception {
        diesLate(Place.NODE, "dead");
        place.collect(CollectionOrder.NORMAL);
        assertThat(place.manifest("dead")).contains("\"aborted\"");
        assertThat(place.listed()).containsExactly("kept");
        assertThatThrownBy(() -> place.backup("dead"))
                .isInstanceOf(BackupConflictException.class)
                .hasMessageContaining("given up");
        assertThatThrownBy(() -> new Removal(place.site(), place.store).begin(DEAD))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void aTryOnlyCountsAndSaysWhatWouldHappen() throws Exception {
        place.backup("deleted");
        new Removal(place.site(), place.store).begin(new BackupId("deleted"));
        place.dieAfter("CREATE shard-0-empty-dead.tar.zst", Place.NODE, "dead");
        diesLate(Place.NODE, "gone");
        place.write("shard-0-lost-b9.tar.zst", "nobody's".getBytes(UTF_8));
        List<StoredObject> before = place.everything();
        int unfinished = place.unfinished();
        Collected tried = place.collect(DRY);
        assertThat(place.everything()).isEqualTo(before);
        assertThat(place.unfinished()).isEqualTo(unfinished).isPositive();
        assertThat(tried.deleted()).containsExactly(new BackupId("deleted"));
        assertThat(tried.givenUp()).containsExactly(DEAD, new BackupId("gone"));
        assertThat(tried.abortedUploads()).isEqualTo(unfinished);
        assertThat(tried.orphans()).isEqualTo(1);
        assertThat(place.collect(CollectionOrder.NORMAL)).isEqualTo(tried);
    }

    @Test
    void whatAJobOfThisNodeIsWritingStays() throws Exception {
        place.dieAfter("CREATE shard-0-empty-dead.tar.zst", Place.NODE, "dead");
        List<StoredObject> before = place.everything();
        int unfinished = place.unfinished();
        assertThat(place.collect(CollectionOrder.NORMAL, "job-dead")).isEqualTo(nothing());
        assertThat(place.collect(CollectionOrder.givingUp(DEAD), "job-dead")).isEqualTo(nothing());
        assertThat(place.everything()).isEqualTo(before);
        assertThat(place.unfinished()).isEqualTo(unfinished).isPositive();
    }

    @Test
    void whatAnotherNodeIsWritingStaysUntilAnOperatorGivesItUp() throws Exception {
        diesLate("node-2", "dead");
        List<StoredObject> before = place.everything();
        assertThat(place.collect(CollectionOrder.NORMAL)).isEqualTo(nothing());
        assertThat(place.collect(CollectionOrder.givingUp(new BackupId("other"))))
                .isEqualTo(nothing());
        assertThat(place.everything()).isEqualTo(before);
        assertThat(place.collect(CollectionOrder.givingUp(DEAD)).givenUp()).containsExactly(DEAD);
        assertThat(of("dead")).containsExactly(manifestOf("dead"));
    }

    @Test
    void onlyWhatNoJobHereIsWritingMayBeGivenUp() throws Exception {
        diesLate(Place.NODE, "here");
        diesLate("node-2", "there");
        assertThat(refusal("none")).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal("kept")).isEqualTo(Reason.NOT_FOUND);
        assertThat(refusal("here")).isEqualTo(Reason.CONFLICT);
        collection("job-here").requireUnfinished(new BackupId("there"));
        collection().requireUnfinished(new BackupId("here"));
    }

    @Test
    void aClaimThatCannotBeReadIsLeftAloneUntilAnOperatorGivesItUp() throws Exception {
        diesLate(Place.NODE, "dead");
        place.write(claimOf("dead"), "{".getBytes(UTF_8));
        List<StoredObject> before = place.everything();
        Collected first = place.collect(CollectionOrder.NORMAL);
        assertThat(first.leftAlone()).containsExactly(DEAD);
        assertThat(first.orphans()).isZero();
        assertThat(place.everything()).isEqualTo(before);
        Collected second = place.collect(CollectionOrder.givingUp(DEAD));
        assertThat(second.givenUp()).containsExactly(DEAD);
        assertThat(second.files()).isZero();
        assertThat(place.names()).contains(manifestOf("dead")).doesNotContain(claimOf("dead"));
        assertThat(place.collect(CollectionOrder.NORMAL).orphans())
                .isEqualTo(of("dead").size() - 1);
    }

    @Test
    void nothingIsRemovedWhereTheManifestCannotBeRead() throws Exception {
        diesLate(Place.NODE, "dead");
        place.write(manifestOf("dead"), "{".getBytes(UTF_8));
        List<StoredObject> before = place.everything();
        assertThat(place.collect(CollectionOrder.NORMAL).leftAlone()).containsExactly(DEAD);
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void theFilesOfACorruptBackupAreNoOrphans() throws Exception {
        place.write(manifestOf("kept"), "{".getBytes(UTF_8));
        List<StoredObject> before = place.everything();
        assertThat(place.collect(CollectionOrder.NORMAL)).isEqualTo(nothing());
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void orphansAreCountedAndStay() throws Exception {
        place.write("shard-0-lost-b9.tar.zst", "nobody's".getBytes(UTF_8));
        place.write("lost-b9-metadata.json", "nobody's".getBytes(UTF_8));
        place.write("README.txt", "not called as ours are".getBytes(UTF_8));
        List<StoredObject> before = place.everything();
        assertThat(place.collect(CollectionOrder.NORMAL).orphans()).isEqualTo(2);
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void whatCrashesLeftOfManifestsAndClaimsIsRemovedAndWhatOthersWriteStays() throws Exception {
        place.store.create(new ObjectName(claimOf("gone")));
        place.write(manifestOf("gone"), place.content(manifestOf("kept")));
        place.store.create(new ObjectName("somebody-elses.iso"));
        Collected collected = place.collect(CollectionOrder.NORMAL);
        assertThat(collected.abortedUploads()).isEqualTo(1);
        assertThat(place.unfinished()).isEqualTo(1);
    }

    static Collected nothing() {
        return new Collected(List.of(), List.of(), List.of(), 0, 0, 0, 0);
    }

    private GarbageCollection collection(String... running) {
        return new GarbageCollection(place.site(), place.store, Set.of(running)::contains, new RecordingControl());
    }

    private Reason refusal(String id) throws Exception {
        try {
            collection("job-here").requireUnfinished(new BackupId(id));
            throw new AssertionError("not refused: " + id);
        } catch (RefusedException e) {
            return e.reason();
        }
    }

    private List<String> of(String id) throws IOException {
        return place.names().stream()
                .filter(name -> name.contains("-" + id + ".")
                        || name.contains("-" + id + "-")
                        || name.startsWith(id + "-cluster"))
                .toList();
    }

    private boolean dies(String id, int step) throws Exception {
        MemoryStore dying = place.store.elsewhere();
        dying.hook(Fate.deathAfter(step));
        return !ends(() -> place.attempt(dying, Place.NODE, id).run());
    }

    private void diesLate(String node, String id) {
        place.dieAfter("COMMIT shard-1-users-" + id + ".tar.zst", node, id);
    }

    private void delete(String id) throws IOException {
        List<String> names = new ArrayList<>(of(id));
        for (String name : names) {
            place.store.delete(new ObjectName(name));
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
