package dev.outrigger.backup.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is touched, and what modes and new names make of the rest. */
class RestoreCheckTest {

    private static final ObjectName MANIFEST = new ObjectName("b1-cluster-metadata.json");

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private Map<TableName, Map<String, String>> backup;
    private RestoreBench bench;

    @BeforeEach
    void backUp() throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
        bench = new RestoreBench(place, directory.resolve("host"));
    }

    @AfterEach
    void whatIsNotAskedForIsNeverTouched() throws Exception {
        assertThat(bench.contents(RestoreBench.OTHER)).isEqualTo(bench.before.get(RestoreBench.OTHER));
        assertThat(bench.tables.leftovers()).isEmpty();
    }

    private static RestoreRequest request(RestoreMode mode, Map<String, String> renamed, String... tables) {
        Map<TableName, TableName> names = new HashMap<>();
        renamed.forEach((from, to) -> names.put(new TableName(from), new TableName(to)));
        List<TableName> asked = Stream.of(tables).map(TableName::new).toList();
        return new RestoreRequest(RestoreBench.ID, "memory", asked, mode, names);
    }

    private static RestoreRequest overwrite() {
        return RestoreBench.request(RestoreMode.OVERWRITE);
    }

    private void assertRefused(RestoreRequest request, Reason reason, String message) throws Exception {
        assertThatThrownBy(() -> bench.run(Fate.uneventful(), request, new RecordingControl()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessage(message);
        assertThat(bench.tables.contents()).isEqualTo(bench.before);
        assertThat(bench.plans.list()).isEmpty();
    }

    private List<String> run(RestoreRequest request) throws Exception {
        return bench.run(Fate.uneventful(), request, new RecordingControl()).stream()
                .map(table -> table.name() + " " + table.status())
                .toList();
    }

    private void edit(String from, String to) throws Exception {
        String manifest = new String(place.read(MANIFEST).orElseThrow().readAllBytes(), UTF_8);
        assertThat(manifest).contains(from);
        place.replace(MANIFEST, manifest.replace(from, to).getBytes(UTF_8));
    }

    @Test
    void aTableThatExistsRefusesTheWholeRestore() throws Exception {
        assertRefused(
                RestoreBench.request(RestoreMode.FAIL_IF_EXISTS),
                Reason.CONFLICT,
                "table: 'orders' (expected: one that does not exist)");
    }

    @Test
    void aTableThatExistsIsSkipped() throws Exception {
        assertThat(run(RestoreBench.request(RestoreMode.SKIP_IF_EXISTS)))
                .containsExactly("orders skipped", "users completed");
        assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(bench.before.get(RestoreBench.ORDERS));
        assertThat(bench.contents(RestoreBench.USERS)).isEqualTo(backup.get(RestoreBench.USERS));
    }

    @Test
    void aTableThatExistsIsReplaced() throws Exception {
        assertThat(run(overwrite())).containsExactly("orders completed", "users completed");
        bench.assertBack("overwritten", backup);
    }

    @Test
    void tablesComeInTheOrderAskedAndEachOnce() throws Exception {
        assertThat(run(request(RestoreMode.OVERWRITE, Map.of(), "users", "orders", "users")))
                .containsExactly("users completed", "orders completed");
    }

    @Test
    void aTableIsBroughtBackUnderAnotherName() throws Exception {
        assertThat(run(request(RestoreMode.FAIL_IF_EXISTS, Map.of("orders", "orders/2", "users", "orders.2"))))
                .containsExactly("orders/2 completed", "orders.2 completed");
        assertThat(bench.contents(new TableName("orders/2"))).isEqualTo(backup.get(RestoreBench.ORDERS));
        assertThat(bench.contents(new TableName("orders.2"))).isEqualTo(backup.get(RestoreBench.USERS));
        assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(bench.before.get(RestoreBench.ORDERS));
    }

    @Test
    void twoTablesSwapTheirNames() throws Exception {
        assertThat(run(request(RestoreMode.OVERWRITE, Map.of("orders", "users", "users", "orders"))))
                .containsExactly("users completed", "orders completed");
        assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(backup.get(RestoreBench.USERS));
        assertThat(bench.contents(RestoreBench.USERS)).isEqualTo(backup.get(RestoreBench.ORDERS));
    }

    @Test
    void twoTablesDoNotGetOneName() throws Exception {
        assertRefused(
                request(RestoreMode.OVERWRITE, Map.of("orders", "users")),
                Reason.MALFORMED,
                "rename: two tables to 'users' (expected: a name of its own for each)");
    }

    @Test
    void aNewNameMayBeInTheWayToo() throws Exception {
        assertRefused(
                request(RestoreMode.FAIL_IF_EXISTS, Map.of("users", "other"), "users"),
                Reason.CONFLICT,
                "table: 'other' (expected: one that does not exist)");
    }

    @Test
    void aTableThatIsNotInTheBackupIsRefused() throws Exception {
        assertRefused(
                request(RestoreMode.OVERWRITE, Map.of(), "users", "other"),
                Reason.MALFORMED,
                "table: 'other' (expected: one that is in the backup)");
    }

    @Test
    void aBackupThatIsNotThereIsNotFound() throws Exception {
        RestoreRequest absent =
                new RestoreRequest(new BackupId("b2"), "memory", List.of(), RestoreMode.OVERWRITE, Map.of());
        assertRefused(absent, Reason.NOT_FOUND, "backup_id: 'b2' (expected: a backup that is there)");
        edit("\"status\":\"completed\",\"storage\"", "\"status\":\"deleting\",\"storage\"");
        assertRefused(overwrite(), Reason.NOT_FOUND, "backup_id: 'b1' (expected: a backup that is there)");
    }

    @Test
    void anotherProductsBackupIsRefused() throws Exception {
        edit("\"kv-node\",\"kv_node_version\"", "\"sql-node\",\"sql_node_version\"");
        assertRefused(overwrite(), Reason.UNUSABLE, "product: 'sql-node' (expected: 'kv-node')");
    }

    @Test
    void aNewerBackupIsRefusedByName() throws Exception {
        edit("\"min_reader_version\":1", "\"min_reader_version\":2");
        assertRefused(
                overwrite(),
                Reason.UNUSABLE,
                "min_reader_version: 2 (expected: <= 1): the backup was written by a newer version,"
                        + " which is needed to read it");
    }

    @Test
    void aFileThatIsMissingOrOfAnotherLengthIsTold() throws Exception {
        ObjectName file = new ObjectName("shard-0-users-b1.tar.zst");
        byte[] content = place.read(file).orElseThrow().readAllBytes();
        place.delete(file);
        assertRefused(overwrite(), Reason.UNUSABLE, "file: " + file + " is missing");
        place.putIfAbsent(file, new byte[3]);
        assertRefused(
                overwrite(), Reason.UNUSABLE, "file: " + file + " has 3 bytes (expected: " + content.length + ")");
    }

    @Test
    void aFileOfATableThatIsNotWantedMayBeMissing() throws Exception {
        place.delete(new ObjectName("shard-0-users-b1.tar.zst"));
        assertThat(run(request(RestoreMode.OVERWRITE, Map.of(), "orders"))).containsExactly("orders completed");
    }

    @Test
    void whereThereIsNoSpaceNothingIsBegun() throws Exception {
        long raw = new RestoreCheck(site(bench.plans), place)
                .plan(new RestoreId("x"), overwrite(), Rehearsal.METADATA)
                .tables()
                .size();
        assertThat(raw).isEqualTo(2);
        bench.tables.usableBytes(100);
        assertThatThrownBy(() -> run(overwrite()))
                .isInstanceOf(RefusedException.class)
                .hasMessageMatching("space: 100 bytes here \\(expected: >= \\d+\\)");
        assertThat(bench.tables.contents()).isEqualTo(bench.before);
    }

    @Test
    void sumsThatOverflowAreNoSpaceAtAll() throws Exception {
        String manifest = new String(place.read(MANIFEST).orElseThrow().readAllBytes(), UTF_8);
        place.replace(
                MANIFEST,
                manifest.replaceAll("\"raw_bytes\":\\d+", "\"raw_bytes\":" + Long.MAX_VALUE)
                        .getBytes(UTF_8));
        assertRefused(overwrite(), Reason.UNUSABLE, "the manifest is malformed: long overflow");
    }

    private RestoreSite site(PlanStore plans) {
        return new RestoreSite("kv-node", bench.tables, plans, ManifestSignature.NONE, Throttle.NONE, 1);
    }

    @Test
    void aTableThatAnotherRestoreIsAtIsRefused() throws Exception {
        RestorePlan other = new RestoreCheck(site(bench.plans), place)
                .plan(new RestoreId("other"), overwrite(), Rehearsal.METADATA);
        bench.plans.write(other.restore(), PlanStore.ABSENT, other.encode());
        assertThatThrownBy(() -> run(overwrite()))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table: 'orders' (expected: one that is not being restored)");
    }

    @Test
    void aPlanThatCannotBeReadStandsInNobodysWay() throws Exception {
        bench.plans.write(new RestoreId("rubbish"), PlanStore.ABSENT, "rubbish".getBytes(UTF_8));
        run(overwrite());
        bench.assertBack("beside rubbish", backup);
    }

    @Test
    void aTableThatAppearsBetweenCheckAndSwapIsNotReplaced() throws Exception {
        Map<String, String> appeared = Map.of("0/log", "appeared");
        RecordingControl control = new RecordingControl() {
            @Override
            public synchronized void phase(String name, long totalBytes, int totalShards) {
                try {
                    bench.tables.put("users", appeared);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        RestoreRequest request = request(RestoreMode.FAIL_IF_EXISTS, Map.of(), "users");
        List<RestoredTable> tables = bench.run(Fate.uneventful(), request, control);
        assertThat(tables).extracting(RestoredTable::status).containsExactly("failed");
        assertThat(tables.get(0).error()).contains("table: 'users' (expected: one that does not exist)");
        assertThat(bench.contents(RestoreBench.USERS)).containsEntry("shards/0/log", "appeared");
        bench.assertSettled("a table appeared");
    }

    @Test
    void aBackupThatIsGoneOrAnotherUnderTheSameIdIsNotWentOnWith() throws Exception {
        for (boolean gone : List.of(true, false)) {
            bench = new RestoreBench(place, directory.resolve("gone-" + gone));
            assertThatThrownBy(() -> bench.run(Fate.deathAfter(20))).isInstanceOf(Fate.Died.class);
            byte[] manifest = place.read(MANIFEST).orElseThrow().readAllBytes();
            if (gone) {
                place.delete(MANIFEST);
            } else {
                edit("\"token\":\"token\"", "\"token\":\"another\"");
            }
            assertThat(bench.run(Fate.uneventful()))
                    .allMatch(table -> table.error().equals(Optional.of("the backup is not there any more")));
            assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(bench.before.get(RestoreBench.ORDERS));
            bench.assertSettled("gone");
            place.replace(MANIFEST, manifest);
        }
    }
}
