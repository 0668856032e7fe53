package dev.outrigger.backup.keep;

import static dev.outrigger.backup.Untiring.telling;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.SigningKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {

    private static final String ARCHIVE = "shard-0-users-b1.tar.zst";
    private static final String METADATA = "users-b1-metadata.json";

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void makeABackup() throws Exception {
        place = new Place(directory, ManifestSignature.with(SigningKey.of("0123456789abcdef".getBytes(UTF_8))));
        place.backup("b1");
    }

    @Test
    void aBackupIsFineAsItWasWritten() throws Exception {
        List<StoredObject> before = place.everything();
        RecordingControl control = new RecordingControl();
        VerificationResult result = verification(place.store, control).run(new BackupId("b1"));
        assertThat(result.isFine()).isTrue();
        assertThat(result.fine()).isEqualTo(5);
        assertThat(result.findings()).isEmpty();
        assertThat(control.shards()).isEqualTo(3);
        assertThat(control.told()).containsExactly("verifying b1: " + control.bytes() + " bytes, 3 shards");
        assertThat(place.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {ARCHIVE, METADATA})
    void aFlippedBitIsFoundWhereverItIs(String file) throws Exception {
        byte[] content = place.content(file);
        for (int i = 0; i < content.length; i++) {
            byte[] flipped = content.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            place.write(file, flipped);
            assertOnly(FileState.CORRUPT, file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARCHIVE, METADATA})
    void aFileThatIsShorterOrLongerIsFound(String file) throws Exception {
        byte[] content = place.content(file);
        for (int length = 0; length <= content.length + 3; length++) {
            if (length != content.length) {
                place.write(file, Arrays.copyOf(content, length));
                assertOnly(FileState.CORRUPT, file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARCHIVE, METADATA})
    void aMissingFileIsFound(String file) throws Exception {
        place.store.delete(new ObjectName(file));
        assertOnly(FileState.MISSING, file);
    }

    @Test
    void anotherShardsArchiveIsFound() throws Exception {
        place.write(ARCHIVE, place.content("shard-1-users-b1.tar.zst"));
        assertOnly(FileState.CORRUPT, ARCHIVE);
    }

    @Test
    void everyDamagedFileIsFoundInTheOrderOfTheManifest() throws Exception {
        place.write("shard-1-users-b1.tar.zst", new byte[3]);
        place.store.delete(new ObjectName(METADATA));
        place.store.delete(new ObjectName("shard-0-empty-b1.tar.zst"));
        VerificationResult result = place.verify("b1");
        assertThat(result.findings())
                .extracting(finding -> finding.file().value())
                .containsExactly("shard-0-empty-b1.tar.zst", METADATA, "shard-1-users-b1.tar.zst");
        assertThat(result)
                .extracting(VerificationResult::fine, VerificationResult::missing, VerificationResult::corrupt)
                .containsExactly(2, 2, 1);
        assertThat(result.token()).contains("token-0");
    }

    @Test
    void aFlippedBitInASignedManifestIsFoundWhereverItIs() throws Exception {
        byte[] content = place.content(manifestOf("b1"));
        for (int i = 0; i < content.length; i += 7) {
            byte[] flipped = content.clone();
            flipped[i] ^= 1;
            place.write(manifestOf("b1"), flipped);
            VerificationResult result = place.verify("b1");
            assertThat(result.token()).isEqualTo(Optional.empty());
            assertOnly(FileState.CORRUPT, manifestOf("b1"));
        }
    }

    @Test
    void whatIsNoBackupIsNotVerified() {
        assertThatThrownBy(() -> place.verify("none"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @Test
    void aBackupThatIsDeletedMeanwhileIsNotDamaged() {
        MemoryStore store = place.store.elsewhere();
        store.hook(new MemoryStore.Hook() {
            @Override
            public void after(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.READ && name.equals(manifestOf("b1"))) {
                    delete("b1");
                }
            }
        });
        assertThatThrownBy(() -> verification(store, new RecordingControl()).run(new BackupId("b1")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {ARCHIVE, METADATA, "b1-cluster-metadata.json"})
    void aStoreThatFailsIsNoFinding(String file) {
        MemoryStore store = place.store.elsewhere();
        store.hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.READ && name.equals(file)) {
                    throw new IOException("no answer");
                }
            }
        });
        assertThatThrownBy(() -> verification(store, new RecordingControl()).run(new BackupId("b1")))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no answer");
    }

    @Test
    void aStoppedJobEndsAtItsNextCheck() {
        RecordingControl counting = new RecordingControl();
        assertThat(runs(counting)).isTrue();
        for (int check = 1; check <= counting.checks(); check++) {
            assertThat(runs(new RecordingControl(check, JobStoppedException.Reason.CANCELED)))
                    .isFalse();
        }
    }

    @Test
    void theThrottleIsAskedForEachByteOfTheFilesAndMore() throws Exception {
        AtomicLong asked = new AtomicLong();
        RecordingControl control = new RecordingControl();
        new Verification(place.site(telling(asked::addAndGet)), place.store, control).run(new BackupId("b1"));
        assertThat(asked.get()).isGreaterThan("alphabetagamma".length());
    }

    @Test
    void anInterruptedHostIsNoFinding() {
        KeepSite site = place.site(bytes -> {
            Thread.currentThread().interrupt(); // the host ends
            return Duration.ofHours(1);
        });
        assertThatThrownBy(() -> new Verification(site, place.store, new RecordingControl()).run(new BackupId("b1")))
                .isInstanceOf(InterruptedIOException.class);
    }

    private void assertOnly(FileState state, String file) throws Exception {
        VerificationResult result = place.verify("b1");
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file().value()).isEqualTo(file);
            assertThat(finding.state()).isEqualTo(state);
            assertThat(finding.reason()).isNotBlank();
        });
        assertThat(result.missing() + result.corrupt()).isEqualTo(1);
    }

    private Verification verification(MemoryStore store, JobControl control) {
        return new Verification(place.site(), store, control);
    }

    private boolean runs(JobControl control) {
        try {
            return verification(place.store, control).run(new BackupId("b1")).isFine();
        } catch (JobStoppedException e) {
            return false;
        } catch (IOException | RefusedException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(String id) throws IOException {
        try {
            Removal removal = new Removal(place.site(), place.store);
            removal.begin(new BackupId(id));
            removal.finish(new BackupId(id), new RecordingControl());
        } catch (RefusedException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND); // It was deleted at the first look.
        }
    }
}
