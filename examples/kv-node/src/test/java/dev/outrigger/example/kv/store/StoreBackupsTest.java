package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget.Staging;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupsTest {

    private static final TableName LOWER = new TableName("lower");
    private static final TableName UPPER = new TableName("upper");

    @TempDir
    Path directory;

    @TempDir
    Path copies;

    private OpenStore opened;
    private Store store;
    private StoreTables tables;
    private StoreBackups backups;

    @BeforeEach
    void open() {
        opened = OpenStore.in(directory.resolve("data"));
        store = opened.store();
        tables = new StoreTables(store);
        backups = new StoreBackups(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void aTableComesBackAsItWas() throws Exception {
        fill(0, 2000, "old");
        long lower = tables.count(LOWER);
        Snapshots snapshot = Snapshots.copy(backups, "lower", copies);
        fill(0, 3000, "new");
        restore(snapshot, "r1", "lower");

        assertThat(tables.count(LOWER)).isEqualTo(lower);
        IntStream.range(0, 3000)
                .forEach(n -> assertThat(store.get(key(n)).map(Bytes::text))
                        .isEqualTo(
                                isUpper(n)
                                        ? Optional.of("new" + n)
                                        : Optional.of("old" + n).filter(v -> n < 2000)));
    }

    @Test
    void aTableComesBackInAnotherNode() throws Exception {
        fill(0, 500, "v");
        Snapshots lower = Snapshots.copy(backups, "lower", copies.resolve("lower"));
        Snapshots upper = Snapshots.copy(backups, "upper", copies.resolve("upper"));
        List<ShardView> shards = store.shards();
        try (OpenStore other = OpenStore.in(directory.resolve("other"))) {
            StoreBackups target = new StoreBackups(other.store());
            target.commit(lower.stage(target, "r1", "lower", true));
            target.commit(upper.stage(target, "r1", "upper", true));

            IntStream.range(0, 500)
                    .forEach(n -> assertThat(other.store().get(key(n))).contains(bytes("v" + n)));
            assertThat(other.store().shards()).isEqualTo(shards);
        }
    }

    @Test
    void anEmptyTableComesBackEmpty() throws Exception {
        Snapshots snapshot = Snapshots.copy(backups, "lower", copies);
        fill(0, 100, "v");
        restore(snapshot, "r1", "lower");

        assertThat(tables.count(LOWER)).isZero();
        assertThat(tables.count(UPPER)).isPositive();
    }

    @Test
    void whatIsWrittenAfterARestoreSurvivesAKill() throws Exception {
        fill(0, 100, "old");
        restore(Snapshots.copy(backups, "upper", copies), "r1", "upper");
        fill(0, 100, "new");

        try (OpenStore killed = killed()) {
            IntStream.range(0, 100)
                    .forEach(n -> assertThat(killed.store().get(key(n))).contains(bytes("new" + n)));
        }
    }

    @Test
    void aSnapshotTellsOfItsShards() throws Exception {
        fill(0, 100, "v");
        long index = store.shards().get(1).commitIndex();
        try (TableSnapshot snapshot = backups.snapshot(LOWER).orElseThrow()) {
            assertThat(snapshot.description().description()).isEqualTo("the keys of slots 0 to 511 of 1024");
            assertThat(snapshot.shards())
                    .extracting(shard -> shard.description().id())
                    .containsExactly(0, 64, 128, 192, 256, 320, 384, 448);
            assertThat(snapshot.shards().get(1).description())
                    .isEqualTo(new ShardDescription(
                            64, Optional.of(new ShardDescription.Range("64", "127")), index, ShardDescription.UNKNOWN));
            assertThat(snapshot.shards().get(1).files())
                    .extracting(file -> file.path().replaceAll("[0-9]+", "N"))
                    .containsExactly("N.sst", "CURRENT", "MANIFEST-N");
        }
        assertThat(backups.snapshot(new TableName("none"))).isEmpty();
    }

    @Test
    void equalContentHasEqualTableFiles() throws Exception {
        fill(0, 500, "v");
        try (TableSnapshot first = backups.snapshot(LOWER).orElseThrow();
                TableSnapshot second = backups.snapshot(LOWER).orElseThrow()) {
            for (int shard = 0; shard < 8; shard++) {
                assertThat(contents(first, shard)).isEqualTo(contents(second, shard));
            }
        }
    }

    @Test
    void aSnapshotIsRemovedWhenItIsClosedAndWhenTheStoreIsOpened() throws Exception {
        Path snapshots = directory.resolve("data/snapshots");
        backups.snapshot(LOWER).orElseThrow().close();
        assertThat(snapshots).isEmptyDirectory();

        TableSnapshot left = backups.snapshot(LOWER).orElseThrow();
        assertThat(left.shards()).hasSize(8);
        assertThat(snapshots).isNotEmptyDirectory();
        opened.close();
        open();
        assertThat(snapshots).doesNotExist();
    }

    @Test
    void aDamagedFileFailsTheSnapshotOfItsTableAlone() throws Exception {
        fill(0, 2000, "v".repeat(200));
        opened.close();
        open(); // the log has gone into files now
        damage(directory.resolve("data/rocksdb"), -2000);

        List<String> failures =
                Stream.of(LOWER, UPPER).flatMap(this::failureOfSnapshot).toList();
        assertThat(failures).singleElement().asString().contains("is damaged");
        assertThat(directory.resolve("data/snapshots/")).isEmptyDirectory();
    }

    @Test
    void aShardThatIsUnavailableFailsTheSnapshotOfItsTableAlone() throws Exception {
        fill(0, 2000, "v".repeat(200));
        opened.close();
        open();
        opened.close();
        damage(directory.resolve("data/rocksdb"), 20);
        open();
        ShardView lost = store.shards().stream()
                .filter(shard -> shard.health() == ShardHealth.UNAVAILABLE)
                .findFirst()
                .orElseThrow();

        assertThat(Stream.of(LOWER, UPPER).flatMap(this::failureOfSnapshot))
                .containsExactly(
                        "shard " + lost.id() + " of table " + (lost.id() < 512 ? LOWER : UPPER) + " is unavailable");
    }

    @Test
    void aRestoreCuresAShardThatIsUnavailable() throws Exception {
        fill(0, 2000, "v".repeat(200));
        Snapshots lower = Snapshots.copy(backups, "lower", copies.resolve("lower"));
        Snapshots upper = Snapshots.copy(backups, "upper", copies.resolve("upper"));
        opened.close();
        open();
        opened.close();
        damage(directory.resolve("data/rocksdb"), 20);
        open();
        restore(lower, "r1", "lower");
        restore(upper, "r1", "upper");

        assertThat(store.shards()).hasSize(16).allMatch(shard -> shard.health() == ShardHealth.HEALTHY);
        assertThat(store.count(
                        IntStream.range(0, 2000).mapToObj(StoreBackupsTest::key).toList()))
                .isEqualTo(2000);
    }

    @Test
    void aDamagedFileIsRefusedAndTheTableStaysAsItIs() throws Exception {
        fill(0, 2000, "v".repeat(200));
        StagedTable staged = Snapshots.copy(backups, "lower", copies).stage(backups, "r1", "lower", true);
        Path shard = damage(directory.resolve("data/restore/r1/lower"), -2000).getParent();
        store.set(bytes("123456789"), bytes("later"), SetCondition.ALWAYS);

        assertThatThrownBy(() -> backups.commit(staged))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(shard.getFileName().toString().replace('-', ' ') + " of lower is damaged: ");
        assertThat(store.get(bytes("123456789"))).contains(bytes("later"));
        assertThat(store.engine().database().familyNames()).hasSize(17);
    }

    @Test
    void aFileThatIsMissingIsRefused() throws Exception {
        fill(0, 200, "v");
        StagedTable staged = Snapshots.copy(backups, "lower", copies).stage(backups, "r1", "lower", true);
        Files.delete(tableFiles(directory.resolve("data/restore/r1/lower")).get(0));

        assertThatThrownBy(() -> backups.commit(staged)).hasMessageContaining("of lower is damaged: ");
        assertThat(tables.count(LOWER)).isPositive();
    }

    @Test
    void shardsOfAnotherTableAreRefused() throws Exception {
        Snapshots upper = Snapshots.copy(backups, "upper", copies);

        assertThatThrownBy(() -> backups.commit(upper.stage(backups, "r1", "lower", true)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("shards of lower: [512-575, 576-639, ")
                .hasMessageContaining(" (expected: [0-63, 64-127, ");
    }

    @Test
    void aTableThatLacksAShardIsRefused() throws Exception {
        StagedTable whole = Snapshots.copy(backups, "lower", copies).stage(backups, "r1", "lower", true);
        StagedTable part = new StagedTable(
                whole.restore(),
                whole.table(),
                true,
                whole.description(),
                whole.shards().subList(0, 7));

        assertThatThrownBy(() -> backups.commit(part)).hasMessageStartingWith("shards of lower: [0-63, ");
    }

    @Test
    void anIndexOtherThanTheBackupSaysIsRefused() throws Exception {
        fill(0, 200, "v");
        Snapshots first = Snapshots.copy(backups, "lower", copies.resolve("first"));
        fill(0, 200, "w");
        StagedTable second =
                Snapshots.copy(backups, "lower", copies.resolve("second")).stage(backups, "r1", "lower", true);
        StagedTable mixed = new StagedTable(
                second.restore(),
                LOWER,
                true,
                second.description(),
                IntStream.range(0, 8)
                        .mapToObj(n -> new StagedTable.StagedShard(
                                first.shards().get(n), second.shards().get(n).directory()))
                        .toList());

        assertThatThrownBy(() -> backups.commit(mixed)).hasMessageContaining("as the backup says");
    }

    @Test
    void aTableExistsUntilItIsDropped() throws Exception {
        assertThat(backups.tables()).containsExactly(LOWER, UPPER);
        tables.clear();
        assertThat(backups.exists(LOWER)).isTrue();
        assertThat(tables.drop(LOWER)).isTrue();

        assertThat(backups.exists(LOWER)).isFalse();
        assertThat(backups.tables()).containsExactly(UPPER);
        assertThat(backups.snapshot(LOWER)).isEmpty();
        assertThat(tables.drop(LOWER)).isFalse();
    }

    @Test
    void aTableThatExistsIsReplacedOnlyWhereItMayBe() throws Exception {
        fill(0, 100, "v");
        Snapshots snapshot = Snapshots.copy(backups, "lower", copies);
        StagedTable staged = snapshot.stage(backups, "r1", "lower", false);
        assertThatThrownBy(() -> backups.commit(staged))
                .isInstanceOf(TableExistsException.class)
                .hasMessage("table: 'lower' (expected: one that does not exist)");

        tables.drop(LOWER);
        backups.commit(staged);
        assertThat(tables.count(LOWER)).isPositive();
        assertThat(store.shards()).hasSize(16);
    }

    @Test
    void aTableOfAnotherNameIsAttached() throws Exception {
        fill(0, 1000, "old");
        restore(Snapshots.copy(backups, "lower", copies.resolve("1")), "r1", "lower of May");
        fill(0, 1000, "new");
        TableName attached = new TableName("lower of May");

        assertThat(tables.list())
                .extracting(table -> table.name() + " " + table.state())
                .containsExactly("lower SERVED", "lower of May ATTACHED", "upper SERVED");
        assertThat(store.shards()).hasSize(16);
        IntStream.range(0, 1000)
                .forEach(n -> assertThat(tables.get(attached, key(n)).map(Bytes::text))
                        .isEqualTo(Optional.of("old" + n).filter(v -> !isUpper(n))));

        opened.close();
        open();
        restore(Snapshots.copy(backups, "lower of May", copies.resolve("2")), "r2", "lower"); // and back
        IntStream.range(0, 1000)
                .forEach(n -> assertThat(store.get(key(n))).contains(bytes((isUpper(n) ? "new" : "old") + n)));
        assertThat(tables.drop(attached)).isTrue();
        assertThat(backups.tables()).containsExactly(LOWER, UPPER);
    }

    @Test
    void aStagingPlaceIsItsUsersAlone() throws Exception {
        RestoreId restore = new RestoreId("r1");
        TableName odd = new TableName("a/b é+");
        Path place = backups.stage(restore, odd, 3);
        Files.createFile(place.resolve("file"));

        assertThat(place).isEqualTo(directory.resolve("data/restore/r1/a%2Fb%20%C3%A9%2B/shard-3"));
        assertThat(Files.getPosixFilePermissions(place)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(backups.stage(restore, odd, 3)).isNotEmptyDirectory();
        Files.createDirectories(directory.resolve("data/restore/not ours/x"));
        assertThat(backups.staged()).isEqualTo(Set.of(new Staging(restore, odd)));
        backups.abort(restore, odd);
        backups.abort(restore, odd);
        assertThat(backups.staged()).isEmpty();
        assertThat(directory.resolve("data/restore/r1")).doesNotExist();
    }

    @Test
    void aStoreThatIsNotOpenSaysSo() {
        opened.close();

        assertThatThrownBy(() -> backups.tables()).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> backups.exists(LOWER)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> backups.snapshot(LOWER)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> tables.clear()).isInstanceOf(StoreException.class);
    }

    private void restore(Snapshots snapshot, String restore, String table) throws Exception {
        backups.commit(snapshot.stage(backups, restore, table, true));
        backups.drop(new RestoreId(restore), new TableName(table));
    }

    private void fill(int from, int to, String value) {
        for (int n = from; n < to; n++) {
            store.set(key(n), bytes(value + n), SetCondition.ALWAYS);
        }
    }

    private OpenStore killed() throws IOException {
        Path copy = copies.resolve("killed");
        Directories.copy(directory.resolve("data"), copy);
        return OpenStore.in(copy);
    }

    private Stream<String> failureOfSnapshot(TableName table) {
        try {
            backups.snapshot(table).orElseThrow().close();
            return Stream.empty();
        } catch (Exception e) {
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] key(int n) {
        return bytes("k" + n);
    }

    private static boolean isUpper(int n) {
        return HashSlot.of(key(n)).number() >= 512;
    }

    /** The table files' bytes as text, by name. RocksDB's manifest says when it was written. */
    private static Map<String, String> contents(TableSnapshot snapshot, int shard) throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (ShardFile file : snapshot.shards().get(shard).files()) {
            try (InputStream in = file.opener().open()) {
                contents.put(file.path(), new String(in.readAllBytes(), ISO_8859_1));
            }
        }
        contents.keySet().removeIf(name -> !name.endsWith(".sst"));
        assertThat(contents).isNotEmpty();
        return contents;
    }

    /** Turns one bit of the largest table file over, at an offset from its beginning or, below 0, its end; returns the file. */
    private static Path damage(Path below, int offset) throws IOException {
        Path file = tableFiles(below).stream()
                .max(Comparator.comparing(found -> found.toFile().length()))
                .orElseThrow();
        byte[] content = Files.readAllBytes(file);
        content[offset < 0 ? content.length + offset : offset] ^= 1;
        Files.write(file, content);
        return file;
    }

    private static List<Path> tableFiles(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }
}
