package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget.Staging;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the next start makes of a directory as it is when the process ends at one step of a swap. Each test copies the directory of an open
 * store at that step, and goes on with the copy.
 */
class TableCrashTest {

    private static final TableName LOWER = new TableName("lower");
    private static final RestoreId RESTORE = new RestoreId("r1");

    @TempDir
    Path directory;

    @TempDir
    Path copies;

    private OpenStore opened;
    private Store store;
    private StoreBackups backups;
    private StagedTable staged;

    /** A store whose keys are new, and a staged table in which they are old. */
    @BeforeEach
    void open() throws Exception {
        opened = OpenStore.in(directory);
        store = opened.store();
        backups = new StoreBackups(store);
        set("old");
        staged = Snapshots.copy(backups, "lower", copies.resolve("snapshot")).stage(backups, "r1", "lower", true);
        set("new");
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void nothingImported() throws Exception {
        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "new");
            StoreBackups target = new StoreBackups(killed.store());
            assertThat(target.staged()).isEqualTo(Set.of(new Staging(RESTORE, LOWER)));
            goOn(killed);
        }
    }

    @Test
    void someShardsImported() throws Exception {
        SideDatabase shard = SideDatabase.open(staged.shards().get(0).directory());
        var files = shard.export("shard", directory.resolve("restore/r1/lower/import-0"))
                .orElseThrow();
        store.engine().database().importFamily("slot-0000-g1", files);
        shard.close();

        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "new");
            assertThat(killed.store().engine().database().familyNames())
                    .hasSize(17)
                    .doesNotContain("slot-0000-g1");
            goOn(killed);
        }
    }

    @Test
    void aShardExportedAndNotImported() throws Exception {
        SideDatabase shard = SideDatabase.open(staged.shards().get(0).directory());
        shard.export("shard", directory.resolve("restore/r1/lower/import-0"))
                .orElseThrow()
                .close();
        shard.close();

        try (OpenStore killed = kill()) {
            goOn(killed);
        }
    }

    @Test
    void everythingImportedAndNotPutInPlace() throws Exception {
        backups.prepare(staged);

        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "new");
            assertThat(killed.store().engine().database().familyNames()).hasSize(17);
            goOn(killed);
        }
    }

    @Test
    void putInPlaceAndTheOldOneNotDropped() throws Exception {
        backups.commit(staged);
        assertThat(store.engine().database().familyNames()).hasSize(25);

        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "old");
            assertThat(killed.store().engine().database().familyNames())
                    .hasSize(17)
                    .contains("slot-0000-g1")
                    .doesNotContain("slot-0000");
            set(killed.store(), "later");
            goOn(killed, "later"); // for that restore is done
        }
    }

    @Test
    void putInPlaceAndTheOldOneDropped() throws Exception {
        backups.commit(staged);
        backups.drop(RESTORE, LOWER);

        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "old");
            assertThat(new StoreBackups(killed.store()).staged()).isEmpty();
            goOn(killed, "old");
        }
    }

    @Test
    void aRestoreThatIsDoneIsNotDoneAgainAfterTheTablesWereEmptied() throws Exception {
        backups.commit(staged);
        new StoreTables(store).clear();
        backups.commit(staged);

        assertThat(new StoreTables(store).count(LOWER)).isZero();
    }

    @Test
    void aDroppedTableStaysDropped() throws Exception {
        new StoreTables(store).drop(LOWER);

        try (OpenStore killed = kill()) {
            assertThat(killed.store().shards()).hasSize(8);
            assertThat(new StoreBackups(killed.store()).exists(LOWER)).isFalse();
            goOn(killed);
        }
    }

    @Test
    void dataFromBeforeThereWereTablesIsInThem() throws Exception {
        assertThat(store.engine().database().rocks().get(Catalog.KEY)).isNull();

        try (OpenStore killed = kill()) {
            assertContent(killed.store(), "new");
        }
    }

    @Test
    void aColumnFamilyThatTheCatalogNamesAndThatIsMissingIsToldOf() throws Exception {
        backups.commit(staged);
        opened.close();
        try (Database database = Database.open(directory.resolve("rocksdb"))) {
            database.drop(List.of("slot-0064-g1"));
        }
        assertThatThrownBy(() -> OpenStore.in(directory)).hasMessage("column family slot-0064-g1 of lower is missing");
    }

    @Test
    void aCatalogOfAnotherVersionIsLeftAlone() throws Exception {
        opened.close();
        try (Database database = Database.open(directory.resolve("rocksdb"))) {
            database.rocks().put(Catalog.KEY, "{\"version\":2,\"tables\":{}}".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> OpenStore.in(directory)).hasMessage("the catalog is of version 2 (expected: 1)");
    }

    @Test
    void theCatalogSaysWhereEachTableIs() throws Exception {
        backups.commit(staged);

        assertThat(new String(store.engine().database().rocks().get(Catalog.KEY), UTF_8))
                .startsWith("{\"version\":1,\"tables\":{\"lower\":{\"first_slot\":0,\"last_slot\":511,\"generation\":1,"
                        + "\"families\":[\"slot-0000-g1\",\"slot-0064-g1\",")
                .contains("\"slot-0448-g1\"],\"restore\":\"r1\"},\"upper\":{\"first_slot\":512,")
                .endsWith("\"slot-0960\"],\"restore\":null}}}");
    }

    private void goOn(OpenStore killed) throws Exception {
        goOn(killed, "old");
    }

    /** Does what the sidecar does after a start: the same again. */
    private void goOn(OpenStore killed, String lower) throws Exception {
        StoreBackups target = new StoreBackups(killed.store());
        Path place = killed.store().directory().path();
        StagedTable again = new StagedTable(
                staged.restore(),
                staged.table(),
                true,
                staged.description(),
                staged.shards().stream()
                        .map(shard -> new StagedShard(
                                shard.description(), place.resolve(directory.relativize(shard.directory()))))
                        .toList());
        target.commit(again);
        target.drop(RESTORE, LOWER);
        target.drop(RESTORE, LOWER);

        assertContent(killed.store(), lower);
        assertThat(killed.store().engine().database().familyNames()).hasSize(17);
        assertThat(target.staged()).isEmpty();
    }

    private OpenStore kill() throws Exception {
        Path copy = copies.resolve("killed");
        Directories.copy(directory, copy);
        return OpenStore.in(copy);
    }

    private void set(String value) {
        set(store, value);
    }

    private static void set(Store store, String value) {
        IntStream.range(0, 300).forEach(n -> store.set(bytes("k" + n), bytes(value), SetCondition.ALWAYS));
    }

    /** The keys of the lower table have this value; those of the upper one may have changed since. */
    private static void assertContent(Store store, String lower) {
        IntStream.range(0, 300)
                .mapToObj(n -> bytes("k" + n))
                .filter(key -> HashSlot.of(key).number() < 512)
                .forEach(key -> assertThat(store.get(key)).contains(bytes(lower)));
    }
}
