package dev.outrigger.backup.keep;

import static dev.outrigger.backup.keep.Place.BEGIN;
import static dev.outrigger.backup.keep.Place.LOCATION;
import static dev.outrigger.backup.keep.Place.manifestOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupCatalogTest {

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void makeAPlace() throws Exception {
        place = new Place(directory);
    }

    @Test
    void nothingIsListedWhereThereIsNothing() throws Exception {
        assertThat(place.catalog().list(10)).isEqualTo(new BackupPage(List.of(), Optional.empty()));
    }

    @Test
    void anEntrySaysWhatTheManifestSays() throws Exception {
        place.backup("b1", "users", "none");
        BackupEntry entry = place.catalog().all().get(0);
        StoredObject manifest =
                place.store.stat(new ObjectName(manifestOf("b1"))).orElseThrow();
        long bytes = place.everything().stream().mapToLong(StoredObject::bytes).sum() - manifest.bytes();
        assertThat(entry)
                .isEqualTo(new BackupEntry(
                        new BackupId("b1"),
                        manifest,
                        Optional.of(BEGIN),
                        List.of(new TableName("users")),
                        LOCATION,
                        Optional.of(Place.PRODUCT),
                        Optional.of("token-0"),
                        EntryStatus.PARTIAL,
                        OptionalLong.of(bytes)));
    }

    @Test
    void pagesAreNewestFirstAndTogetherTheWholeList() throws Exception {
        makeFive();
        assertThat(place.listed()).containsExactly("a5", "b4", "c3", "d2", "e1");
        for (int limit = 1; limit <= 6; limit++) {
            List<String> found = new ArrayList<>();
            BackupPage page = place.catalog().list(limit);
            found.addAll(ids(page));
            while (page.truncated()) {
                assertThat(page.backups()).hasSize(limit);
                page = place.catalog().list(limit, page.next().orElseThrow());
                found.addAll(ids(page));
            }
            assertThat(found).containsExactly("a5", "b4", "c3", "d2", "e1");
        }
    }

    @Test
    void aCursorStaysRightWhenBackupsComeAndGo() throws Exception {
        makeFive();
        BackupPage first = place.catalog().list(2);
        new Removal(place.site(), place.store).begin(new BackupId("b4"));
        place.backup("z6");
        assertThat(ids(place.catalog().list(2, first.next().orElseThrow()))).containsExactly("c3", "d2");
    }

    @Test
    void ofOneTimeTheyAreOrderedById() throws Exception {
        for (String id : List.of("x2", "x3", "x1")) {
            place.backup(id);
            String manifest =
                    place.manifest(id).replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"" + BEGIN + "\"");
            place.write(manifestOf(id), manifest.getBytes(UTF_8));
        }
        BackupPage page = place.catalog().list(1);
        assertThat(ids(page)).containsExactly("x1");
        assertThat(ids(place.catalog().list(5, page.next().orElseThrow()))).containsExactly("x2", "x3");
    }

    @Test
    void corruptManifestsAreListedAtLastAndSpoilNothing() throws Exception {
        makeFive();
        place.write(manifestOf("a5"), "{".getBytes(UTF_8));
        place.write(manifestOf("c3"), new byte[ManifestCodec.MAX_BYTES + 1]);
        place.write(manifestOf("d2"), place.content(manifestOf("e1")));
        assertThat(place.listed()).containsExactly("b4", "e1", "a5", "c3", "d2");
        StoredObject stored = place.store.stat(new ObjectName(manifestOf("a5"))).orElseThrow();
        assertThat(place.catalog().all().get(2)).isEqualTo(BackupEntry.corrupt(new BackupId("a5"), stored, LOCATION));
        BackupPage page = place.catalog().list(3);
        assertThat(page.next()).contains("~a5");
        assertThat(ids(place.catalog().list(3, "~a5"))).containsExactly("c3", "d2");
    }

    @Test
    void aManifestThatCannotBeReadIsCorruptAndSpoilsNothing() throws Exception {
        makeFive();
        List<BackupEntry> listed = catalog(failing(manifestOf("c3")::equals)).all();
        assertThat(listed).hasSize(5);
        assertThat(listed.get(4).id()).isEqualTo(new BackupId("c3"));
        assertThat(listed.get(4).status()).isEqualTo(EntryStatus.CORRUPT);
    }

    @Test
    void aStoreOfWhichNoManifestCanBeReadHasFailed() throws Exception {
        makeFive();
        BackupCatalog catalog = catalog(failing(name -> true));
        assertThatThrownBy(catalog::all).isInstanceOf(IOException.class).hasMessage("no answer");
    }

    @Test
    void anothersFilesAreNoBackups() throws Exception {
        place.write("cluster-cluster-metadata.json", new byte[1]);
        place.write("-cluster-metadata.json", new byte[1]);
        place.write("users-b1-metadata.json", new byte[1]);
        assertThat(place.listed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1_001})
    void aLimitHasItsBounds(int limit) {
        assertThatThrownBy(() -> place.catalog().list(limit))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "b1", "yesterday~b1", "2026-01-01T00:00:00Z~../x", "2026-01-01T00:00:00Z"})
    void aCursorIsOneOfOurs(String cursor) {
        assertThatThrownBy(() -> place.catalog().list(10, cursor))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void tooManyManifestsAreRefusedBeforeAnyIsRead() throws Exception {
        for (int i = 0; i <= BackupCatalog.MAX_MANIFESTS; i++) {
            place.write(manifestOf("b" + i), new byte[1]);
        }
        BackupCatalog catalog = catalog(failing(name -> true));
        assertThatThrownBy(catalog::all).isInstanceOf(RefusedException.class).hasMessageContaining("10000");
    }

    @Test
    void oneBackupIsItsManifest() throws Exception {
        place.backup("b1");
        place.backup("b2");
        place.write(manifestOf("b2"), "{".getBytes(UTF_8));
        assertThat(place.catalog().manifest(new BackupId("b1")).token()).isEqualTo("token-0");
        assertThat(refusal("b2")).isEqualTo(Reason.UNUSABLE);
        assertThat(refusal("b3")).isEqualTo(Reason.NOT_FOUND);
        new Removal(place.site(), place.store).begin(new BackupId("b1"));
        assertThat(refusal("b1")).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void aManifestIsReadAgainOnlyWhenItIsAnother() throws Exception {
        makeFive();
        place.write(manifestOf("broken"), "{".getBytes(UTF_8));
        AtomicInteger reads = new AtomicInteger();
        MemoryStore counting = place.store.elsewhere();
        counting.hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) {
                reads.addAndGet(operation == MemoryStore.Operation.READ ? 1 : 0);
            }
        });
        BackupCatalog catalog = catalog(counting);
        List<BackupEntry> first = catalog.all();
        assertThat(reads).hasValue(6);
        assertThat(catalog.all()).isEqualTo(first);
        assertThat(reads).hasValue(6);
        new Removal(place.site(), place.store).begin(new BackupId("c3"));
        assertThat(catalog.all()).hasSize(5);
        assertThat(catalog.all()).hasSize(5);
        assertThat(reads).hasValue(7);
    }

    private void makeFive() throws Exception {
        for (String id : List.of("e1", "d2", "c3", "b4", "a5")) {
            place.backup(id, "empty");
        }
    }

    private BackupCatalog catalog(MemoryStore store) {
        return new BackupCatalog(store, LOCATION, ManifestSignature.NONE, new CatalogCache(), new LastFindings());
    }

    private MemoryStore failing(Predicate<String> names) {
        MemoryStore failing = place.store.elsewhere();
        failing.hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.READ && names.test(name)) {
                    throw new IOException("no answer");
                }
            }
        });
        return failing;
    }

    private Reason refusal(String id) throws IOException {
        try {
            place.catalog().manifest(new BackupId(id));
            throw new AssertionError("not refused: " + id);
        } catch (RefusedException e) {
            return e.reason();
        }
    }

    private static List<String> ids(BackupPage page) {
        return page.backups().stream().map(entry -> entry.id().value()).toList();
    }
}
