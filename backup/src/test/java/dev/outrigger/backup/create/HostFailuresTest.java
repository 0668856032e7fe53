package dev.outrigger.backup.create;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host fails, or does not do what it promises, for one of its tables. */
class HostFailuresTest {

    private static final TableName BAD = new TableName("bad");
    private static final String UNREADABLE = "the table could not be read; the log has more";

    @TempDir
    Path directory;

    private BackupBench bench;
    private final AtomicInteger closed = new AtomicInteger();

    @BeforeEach
    void bench() throws IOException {
        bench = new BackupBench(directory);
    }

    /** The good tables, and one more of which a snapshot is as given. */
    private record Source(BackupSource good, Snapshots bad) implements BackupSource {

        @Override
        public List<TableName> tables() throws Exception {
            List<TableName> all = new ArrayList<>(good.tables());
            all.add(BAD);
            return all;
        }

        @Override
        public Optional<TableSnapshot> snapshot(TableName table) throws Exception {
            return table.equals(BAD) ? bad.take() : good.snapshot(table);
        }
    }

    @FunctionalInterface
    private interface Snapshots {

        Optional<TableSnapshot> take() throws Exception;
    }

    @FunctionalInterface
    private interface Files {

        List<ShardFile> list() throws Exception;
    }

    private record Shard(ShardDescription description, Files listed) implements ShardSnapshot {

        @Override
        public List<ShardFile> files() throws Exception {
            return listed.list();
        }
    }

    private record Snapshot(TableDescription description, List<ShardSnapshot> shards, AtomicInteger closed)
            implements TableSnapshot {

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            throw new IOException("cannot be closed");
        }
    }

    private static ShardFile file(String path, long bytes, String content) {
        return new ShardFile(path, bytes, () -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private static Shard shard(int id, ShardFile... files) {
        return new Shard(ShardDescription.of(id), () -> List.of(files));
    }

    private Snapshots snapshot(ShardSnapshot... shards) {
        return () -> Optional.of(new Snapshot(TableDescription.NONE, List.of(shards), closed));
    }

    private Snapshots described(String schema, String readSchema, String indexes) {
        return () -> Optional.of(new Snapshot(
                new TableDescription("", schema, readSchema, indexes), List.of(shard(0, file("a", 1, "a"))), closed));
    }

    private BackupOutcome run(BackupSource source, int parallelShards) throws Exception {
        return new BackupAttempt(
                        BackupBench.site(source, parallelShards, "boot-1"),
                        bench.order(),
                        bench.place.elsewhere(),
                        new StoreTraits(true, true),
                        "job-1",
                        new RecordingControl())
                .run();
    }

    private void assertOnlyTheBadOneFails(Snapshots bad, String error) throws Exception {
        for (int parallelShards : List.of(1, 4)) {
            BackupOutcome outcome = run(new Source(bench.tables, bad), parallelShards);
            assertThat(outcome.status()).isEqualTo("partial");
            assertThat(outcome.tables())
                    .extracting(ManifestTable::name)
                    .containsExactly(BAD, new TableName("orders"), new TableName("users"));
            assertThat(outcome.tables().get(0).error()).contains(error);
            assertThat(bench.backup.names()).isEqualTo(BackupBench.FILES);
            assertThat(bench.backup.contents()).isEqualTo(BackupBench.ALL);
            assertThat(bench.backup
                            .manifest()
                            .orElseThrow()
                            .table(BAD)
                            .orElseThrow()
                            .status())
                    .isEqualTo(TableStatus.FAILED);
            assertThat(bench.backup.unfinished()).isZero();
            assertThat(bench.tables.leftovers()).isEmpty();
            for (var object : bench.backup.objects()) {
                bench.place.delete(object.name());
            }
        }
    }

    @Test
    void aSnapshotThatIsRefusedFailsItsTable() throws Exception {
        assertOnlyTheBadOneFails(
                () -> {
                    throw new IllegalStateException("/secret/place");
                },
                UNREADABLE);
    }

    @Test
    void aTableThatIsGoneWhenItsTurnComesFails() throws Exception {
        assertOnlyTheBadOneFails(Optional::empty, "there is no such table");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void aHostThatGivesNullFailsItsTable() throws Exception {
        assertOnlyTheBadOneFails(() -> null, UNREADABLE);
        assertOnlyTheBadOneFails(snapshot(new Shard(ShardDescription.of(0), () -> null)), UNREADABLE);
    }

    @Test
    void aShardWhoseFilesCannotBeListedFailsTheTableBeforeAnythingOfItIsWritten() throws Exception {
        assertOnlyTheBadOneFails(
                snapshot(shard(0, file("a", 1, "a")), new Shard(ShardDescription.of(1), () -> {
                    throw new IOException("/secret/place");
                })),
                UNREADABLE);
        assertThat(closed).hasValue(2);
    }

    @Test
    void aShardThatIsThereTwiceFailsTheTable() throws Exception {
        assertOnlyTheBadOneFails(snapshot(shard(3, file("a", 1, "a")), shard(3, file("b", 1, "b"))), UNREADABLE);
    }

    @Test
    void aFileThatIsListedTwiceFailsTheTable() throws Exception {
        assertOnlyTheBadOneFails(snapshot(shard(0, file("a", 1, "a"), file("a", 1, "a"))), UNREADABLE);
        assertOnlyTheBadOneFails(snapshot(shard(0, file("a", 1, "a"), file("A", 1, "a"))), UNREADABLE);
    }

    @Test
    void aFileThatIsAlsoADirectoryFailsTheTable() throws Exception {
        assertOnlyTheBadOneFails(snapshot(shard(0, file("a", 1, "a"), file("a/b", 1, "a"))), UNREADABLE);
    }

    @Test
    void aFileThatIsGoneFailsTheTable() throws Exception {
        assertOnlyTheBadOneFails(
                snapshot(
                        shard(0, ShardFile.of("a", directory.resolve("tables/users/current"))),
                        shard(1, new ShardFile("b", 1, () -> {
                            throw new NoSuchFileException("/secret/place");
                        }))),
                UNREADABLE);
    }

    @Test
    void aFileThatIsNotAsLongAsItWasFailsTheTable() throws Exception {
        assertOnlyTheBadOneFails(
                snapshot(shard(0, file("a", 2, "a"))),
                "file: 'a' is shorter than 2 bytes (expected: a snapshot, which does not change)");
        assertOnlyTheBadOneFails(
                snapshot(shard(0, file("a", 1, "aa"))),
                "file: 'a' is longer than 1 bytes (expected: a snapshot, which does not change)");
    }

    @Test
    void aShardThatFailsAfterOthersWereWrittenFailsTheTableAndLeavesNothingOfIt() throws Exception {
        assertOnlyTheBadOneFails(
                snapshot(shard(0, file("a", 1, "a")), shard(1, file("a", 1, "a")), shard(2, file("a", 2, "a"))),
                "file: 'a' is shorter than 2 bytes (expected: a snapshot, which does not change)");
    }

    @Test
    void whatIsNoJsonFailsTheTable() throws Exception {
        for (String none : List.of("", "{", "nul", "{}{}", "1,2", "\"\ud800\"", "null,\"x\":1", "null,\"schema\":2")) {
            assertOnlyTheBadOneFails(described(none, "null", "null"), UNREADABLE);
            assertOnlyTheBadOneFails(described("null", none, "null"), UNREADABLE);
            assertOnlyTheBadOneFails(described("null", "null", none), UNREADABLE);
        }
    }

    @Test
    void aTableThatTheHostListsTwiceIsBackedUpOnce() throws Exception {
        BackupSource twice = new BackupSource() {
            @Override
            public List<TableName> tables() throws Exception {
                List<TableName> names = new ArrayList<>(bench.tables.tables());
                names.addAll(bench.tables.tables());
                return names;
            }

            @Override
            public Optional<TableSnapshot> snapshot(TableName table) throws Exception {
                return bench.tables.snapshot(table);
            }
        };
        assertThat(run(twice, 1).tables()).hasSize(2);
        bench.assertWholeAndAlone("listed twice");
    }

    @Test
    void aTableThatIsAskedForTwiceIsBackedUpOnceInTheOrderAsked() throws Exception {
        BackupOutcome outcome = bench.process(
                        Fate.uneventful(), bench.order("users", "nobody", "orders", "users"), new RecordingControl())
                .run();
        assertThat(outcome.status()).isEqualTo("partial");
        assertThat(outcome.tables())
                .extracting(table -> table.name() + " " + table.status())
                .containsExactly("users COMPLETED", "nobody FAILED", "orders COMPLETED");
        assertThat(bench.backup.contents()).isEqualTo(BackupBench.ALL);
    }

    @Test
    void whereNoTableMakesItThereIsNoBackup() throws Exception {
        BackupOutcome outcome = bench.process(Fate.uneventful(), bench.order("x", "y"), new RecordingControl())
                .run();
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.tables()).extracting(ManifestTable::error).allMatch(Optional::isPresent);
        bench.assertNothing("no such tables");
        bench.tables.remove(new TableName("orders"));
        bench.tables.remove(new TableName("users"));
        assertThat(run(new Source(bench.tables, snapshot(shard(0, file("a", 2, "a")))), 1)
                        .status())
                .isEqualTo("failed");
        bench.assertNothing("unreadable");
    }

    @Test
    void aTableWithoutShardsAndAShardWithoutFilesAreBackedUpAsTheyAre() throws Exception {
        assertThat(run(new Source(bench.tables, snapshot()), 1).status()).isEqualTo("completed");
        assertThat(bench.backup.contents()).containsEntry(BAD, Map.of());
        bench = new BackupBench(directory.resolve("other"));
        assertThat(run(new Source(bench.tables, snapshot(shard(0))), 1).status())
                .isEqualTo("completed");
        assertThat(bench.backup.names()).contains("shard-0-bad-b1.tar.zst");
    }
}
