package dev.outrigger.backup.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePlanStoreTest {

    private static final RestoreId R1 = new RestoreId("r1");
    private static final RestoreId R2 = new RestoreId("R-2");

    @TempDir
    Path directory;

    private FilePlanStore store;

    @BeforeEach
    void open() throws IOException {
        store = FilePlanStore.open(directory.resolve("plans"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws IOException {
        store.close();
        open();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private String content(RestoreId restore) throws IOException {
        return new String(store.read(restore).orElseThrow().content(), UTF_8);
    }

    private Path file(String name) {
        return directory.resolve("plans").resolve(name);
    }

    @Test
    void aPlanIsThereAfterARestartByteForByte() throws Exception {
        byte[] content = new byte[256];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        assertThat(store.write(R1, PlanStore.ABSENT, content)).isEqualTo(OptionalLong.of(1));
        reopen();
        StoredPlan plan = store.read(R1).orElseThrow();
        assertThat(plan.content()).isEqualTo(content);
        assertThat(plan.version()).isEqualTo(1);
    }

    @Test
    void onlyWhoKnowsTheVersionWrites() throws Exception {
        assertThat(store.write(R1, 1, bytes("x"))).isEmpty();
        store.write(R1, PlanStore.ABSENT, bytes("a"));
        assertThat(store.write(R1, PlanStore.ABSENT, bytes("x"))).isEmpty();
        assertThat(store.write(R1, 2, bytes("x"))).isEmpty();
        assertThat(content(R1)).isEqualTo("a");
        assertThat(store.write(R1, 1, bytes("b"))).isEqualTo(OptionalLong.of(2));
        reopen();
        assertThat(store.write(R1, 1, bytes("x"))).isEmpty();
        assertThat(content(R1)).isEqualTo("b");
    }

    @Test
    void whatIsRemovedStaysAway() throws Exception {
        store.write(R1, PlanStore.ABSENT, bytes("a"));
        store.write(R2, PlanStore.ABSENT, bytes("b"));
        store.remove(R1);
        store.remove(R1);
        assertThat(store.read(R1)).isEmpty();
        reopen();
        assertThat(store.list()).extracting(StoredPlan::restore).containsExactly(R2);
    }

    @Test
    void theFileSaysItsVersionAndIsItsOwnersAlone() throws Exception {
        store.write(R1, PlanStore.ABSENT, bytes("{\"plan\":1}"));
        assertThat(file("r1.plan"))
                .hasContent("{\"format_version\":1,\"restore_id\":\"r1\",\"version\":1,\"sha256\":"
                        + "\"4c8d160f557bad43dc6f9f118ee0a5ce4ea9bd11b125287e4ab962350bd73cae\"}\n{\"plan\":1}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("r1.plan"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("plans"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aPlanThatIsDamagedIsPutAsideAndSpoilsNoOther() throws Exception {
        store.write(R2, PlanStore.ABSENT, bytes("whole"));
        store.write(R1, PlanStore.ABSENT, bytes("damaged"));
        byte[] good = Files.readAllBytes(file("r1.plan"));
        List<byte[]> damaged = List.of(
                bytes(""),
                bytes("no line"),
                bytes("{}\n"),
                bytes("[\n"),
                bytes(new String(good, UTF_8).replace("damaged", "damagee")),
                bytes(new String(good, UTF_8).replace("damaged", "damage")),
                bytes(new String(good, UTF_8).replace("\"version\":1", "\"version\":0")),
                bytes(new String(good, UTF_8).replace("\"r1\"", "\"r2\"")),
                bytes(new String(good, UTF_8).replace("\"format_version\":1", "\"format_version\":2")));
        for (byte[] content : damaged) {
            store.close();
            Files.write(file("r1.plan"), content);
            open();
            assertThat(store.unreadable()).isEqualTo(1);
            assertThat(store.list()).extracting(StoredPlan::restore).containsExactly(R2);
            assertThat(file("r1.plan")).doesNotExist();
            assertThat(file("r1.plan.unreadable")).hasBinaryContent(content);
        }
        reopen();
        assertThat(store.unreadable()).isZero();
        assertThat(store.write(R1, PlanStore.ABSENT, bytes("again"))).isEqualTo(OptionalLong.of(1));
    }

    @Test
    void aVersionThatWasBeingWrittenWhenTheProcessDiedIsNone() throws Exception {
        store.write(R1, PlanStore.ABSENT, bytes("a"));
        Files.writeString(file(".r1.plan.tmp"), "half");
        Files.writeString(file(".R-2.plan.tmp"), "half");
        reopen();
        assertThat(store.list()).hasSize(1);
        assertThat(content(R1)).isEqualTo("a");
        assertThat(file(".r1.plan.tmp")).doesNotExist();
        assertThat(file(".R-2.plan.tmp")).doesNotExist();
    }

    @Test
    void noOtherHasTheStoreMeanwhile() {
        assertThatThrownBy(() -> FilePlanStore.open(directory.resolve("plans")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("taken (expected: no other process has it)");
    }

    @Test
    void aClosedStoreDoesNothing() {
        store.close();
        store.close();
        assertThatThrownBy(() -> store.write(R1, PlanStore.ABSENT, bytes("a")))
                .isInstanceOf(IOException.class)
                .hasMessage("plan store: closed (expected: open)");
        assertThat(file("r1.plan")).doesNotExist();
    }

    @Test
    void whatIsReadIsTheReadersToKeep() throws Exception {
        byte[] given = bytes("a");
        store.write(R1, PlanStore.ABSENT, given);
        given[0] = 'x';
        store.read(R1).orElseThrow().content()[0] = 'y';
        store.list().get(0).content()[0] = 'z';
        assertThat(content(R1)).isEqualTo("a");
    }
}
