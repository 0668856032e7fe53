package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.LOCATION;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {

    @TempDir
    Path directory;

    private final LastFindings findings = new LastFindings();
    private final RecordingControl control = new RecordingControl();

    private Place place;

    @BeforeEach
    void makeBackups() throws Exception {
        place = new Place(directory);
        for (String id : List.of("b1", "b2", "b3", "b4")) {
            place.backup(id);
        }
    }

    @Test
    void damageIsCountedAndTheBackupIsListedAsDamaged() throws Exception {
        place.store.delete(new ObjectName("shard-0-users-b2.tar.zst"));
        place.write("shard-1-users-b2.tar.zst", new byte[7]);
        place.write("shard-1-users-b3.tar.zst", new byte[7]);
        List<StoredObject> before = place.everything();
        ScrubResult result = scrub(place.store, control).run();
        assertThat(result)
                .extracting(ScrubResult::backups, ScrubResult::fine, ScrubResult::missing, ScrubResult::corrupt)
                .containsExactly(4, 17L, 1L, 2L);
        assertThat(result.damaged()).extracting(damaged -> damaged.id().value()).containsExactly("b2", "b3");
        assertThat(control.told()).contains("backup b2 is damaged: 1 files missing, 1 corrupt");
        assertThat(statuses())
                .containsExactly(
                        EntryStatus.COMPLETED, EntryStatus.DAMAGED, EntryStatus.DAMAGED, EntryStatus.COMPLETED);
        assertThat(place.everything()).isEqualTo(before);
    }

    @Test
    void aCorruptManifestIsOneCorruptFile() throws Exception {
        place.write(manifestOf("b2"), "{".getBytes(UTF_8));
        ScrubResult result = scrub(place.store, control).run();
        assertThat(result.corrupt()).isEqualTo(1);
        assertThat(result.fine()).isEqualTo(15);
        assertThat(findings.of(LOCATION, new BackupId("b2"))).isPresent();
    }

    @Test
    void aTombstoneIsPassedOver() throws Exception {
        new Removal(place.site(), place.store).begin(new BackupId("b2"));
        assertThat(scrub(place.store, control).run().backups()).isEqualTo(3);
    }

    @Test
    void oneBackupThatCannotBeReadKeepsNoOtherFromBeingVerified() throws Exception {
        place.store.delete(new ObjectName("shard-0-users-b4.tar.zst"));
        MemoryStore failing = failingFor("-b2.tar");
        assertThatThrownBy(() -> scrub(failing, control).run()).isInstanceOf(IOException.class);
        assertThat(findings.of(LOCATION, new BackupId("b2"))).isEmpty();
        assertThat(findings.of(LOCATION, new BackupId("b3")).orElseThrow().isFine())
                .isTrue();
        assertThat(findings.of(LOCATION, new BackupId("b4")).orElseThrow().missing())
                .isEqualTo(1);
    }

    @Test
    void aStoreThatHasFailedIsNotAskedForEachBackup() throws Exception {
        MemoryStore failing = failingFor("-cluster-metadata.json");
        assertThatThrownBy(() -> scrub(failing, control).run())
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(control.told()).doesNotContain("backup b4 could not be read");
    }

    @Test
    void aStoppedJobEnds() {
        assertThatThrownBy(() -> scrub(place.store, new RecordingControl(3, JobStoppedException.Reason.CLOSING))
                        .run())
                .isInstanceOf(JobStoppedException.class);
    }

    @Test
    void damageOfAnotherBackupUnderTheSameIdIsForgotten() throws Exception {
        place.store.delete(new ObjectName("shard-0-users-b4.tar.zst"));
        scrub(place.store, control).run();
        assertThat(statuses()).startsWith(EntryStatus.DAMAGED);
        Removal removal = new Removal(place.site(), place.store);
        removal.begin(new BackupId("b4"));
        removal.finish(new BackupId("b4"), control);
        place.backup("b4");
        assertThat(statuses()).startsWith(EntryStatus.COMPLETED);
    }

    private Scrub scrub(MemoryStore store, RecordingControl watching) {
        return new Scrub(place.site(), store, LOCATION, findings, watching);
    }

    private List<EntryStatus> statuses() throws Exception {
        return new BackupCatalog(place.store, LOCATION, ManifestSignature.NONE, new CatalogCache(), findings)
                .all().stream().map(BackupEntry::status).toList();
    }

    private MemoryStore failingFor(String ending) {
        MemoryStore failing = place.store.elsewhere();
        failing.hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.READ && name.contains(ending)) {
                    throw new IOException("no answer");
                }
            }
        });
        return failing;
    }
}
