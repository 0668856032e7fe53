package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.StoredBackup;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.location.TestDirectory;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.spi.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several backups are made at one location at once. */
class RacingBackupsTest {

    private static final int ORDERS = 60;
    private static final int ROUNDS = 25;

    @TempDir
    Path directory;

    /** The tables of two nodes, whose contents differ. */
    private final List<TestTables> nodes = new ArrayList<>();

    @BeforeEach
    void nodes() throws Exception {
        for (int node = 0; node < 2; node++) {
            TestTables tables = new TestTables(directory.resolve("node-" + node));
            tables.put("t", Map.of("0/log", "t of " + node, "1/log", "more of " + node));
            tables.put("t-a", Map.of("0/log", "t-a of " + node));
            nodes.add(tables);
        }
    }

    private BackupAttempt attempt(int node, ObjectStore store, String id, String... tables) {
        List<TableName> names = Stream.of(tables).map(TableName::new).toList();
        return new BackupAttempt(
                BackupBench.site(nodes.get(node), 1, "boot-" + node),
                new BackupOrder(new BackupId(id), "here", names, "token-" + node, Instant.EPOCH),
                store,
                new StoreTraits(true, true),
                "job-" + node,
                new RecordingControl());
    }

    private static Set<String> files(String id, String... tables) {
        BackupNames names = new BackupNames(new BackupId(id));
        Set<String> files = new HashSet<>(Set.of(names.manifest().value()));
        for (String table : tables) {
            files.add(names.metadata(new TableName(table)).value());
            files.add(names.shard(new TableName(table), 0).value());
            if (table.equals("t")) {
                files.add(names.shard(new TableName(table), 1).value());
            }
        }
        return files;
    }

    /** One has made it and what is there is all of it and nothing else; the other was told. */
    private static int winner(String when, List<Object> results) {
        assertThat(results).as(when).hasSize(2).hasAtLeastOneElementOfType(BackupOutcome.class);
        int winner = results.get(0) instanceof BackupOutcome ? 0 : 1;
        assertThat(((BackupOutcome) results.get(winner)).status()).isEqualTo("completed");
        assertThat(results.get(1 - winner)).as(when).isInstanceOf(BackupConflictException.class);
        return winner;
    }

    private void assertWonBy(int winner, String when, ObjectStore place) throws Exception {
        StoredBackup backup = new StoredBackup(place, new BackupId("b1"));
        assertThat(backup.names()).as(when).isEqualTo(files("b1", "t", "t-a"));
        assertThat(backup.unfinished()).as(when).isZero();
        assertThat(backup.contents())
                .as(when)
                .isEqualTo(Map.of(
                        new TableName("t"), Map.of("0/log", "t of " + winner, "1/log", "more of " + winner),
                        new TableName("t-a"), Map.of("0/log", "t-a of " + winner)));
    }

    @Test
    void ofTwoThatAreMadeUnderOneIdOneWinsInWhateverOrderTheyTakeTheirSteps() throws Exception {
        int[] wins = new int[2];
        for (int seed = 0; seed < ORDERS; seed++) {
            MemoryStore place = new MemoryStore();
            Turns turns = new Turns(seed, 2);
            List<Callable<BackupOutcome>> processes = new ArrayList<>();
            for (int node = 0; node < 2; node++) {
                MemoryStore store = place.elsewhere();
                store.hook(turns.of(node));
                processes.add(attempt(node, store, "b1")::run);
            }
            int winner = winner("seed " + seed, turns.run(processes));
            assertWonBy(winner, "seed " + seed, place);
            wins[winner]++;
        }
        assertThat(wins[0]).isPositive();
        assertThat(wins[1]).isPositive();
    }

    @Test
    void ofTwoThatAreMadeUnderOneIdInADirectoryOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Path root = Files.createDirectory(directory.resolve("round-" + round))
                        .toRealPath();
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<BackupOutcome>> running = new ArrayList<>();
                for (int node = 0; node < 2; node++) {
                    int here = node;
                    running.add(threads.submit(() -> {
                        try (ObjectStore store = TestDirectory.open(root)) {
                            start.await();
                            return attempt(here, store, "b1").run();
                        }
                    }));
                }
                List<Object> results = new ArrayList<>();
                for (Future<BackupOutcome> process : running) {
                    results.add(result(process));
                }
                int winner = winner("round " + round, results);
                try (ObjectStore store = TestDirectory.open(root)) {
                    assertWonBy(winner, "round " + round, store);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object result(Future<?> process) throws InterruptedException {
        try {
            return process.get();
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Table {@code t} of {@code a-b} has the same metadata and first archive as table {@code t-a} of {@code b}. */
    @Test
    void ofTwoWhoseFilesAreCalledAlikeNeitherSpoilsTheOther() throws Exception {
        int both = 0;
        for (int seed = 0; seed < ORDERS; seed++) {
            String when = "seed " + seed;
            MemoryStore place = new MemoryStore();
            Turns turns = new Turns(seed, 2);
            MemoryStore first = place.elsewhere();
            first.hook(turns.of(0));
            MemoryStore second = place.elsewhere();
            second.hook(turns.of(1));
            List<Callable<BackupOutcome>> processes =
                    List.of(attempt(0, first, "a-b", "t")::run, attempt(1, second, "b", "t-a")::run);
            List<Object> results = turns.run(processes);
            StoredBackup one = new StoredBackup(place, new BackupId("a-b"));
            StoredBackup other = new StoredBackup(place, new BackupId("b"));
            assertThat(results)
                    .as(when)
                    .allMatch(r -> r instanceof BackupOutcome || r instanceof BackupConflictException);
            Set<String> expected = new HashSet<>();
            if (results.get(0) instanceof BackupOutcome) {
                expected.addAll(files("a-b", "t"));
                assertThat(one.contents())
                        .as(when)
                        .isEqualTo(Map.of(new TableName("t"), Map.of("0/log", "t of 0", "1/log", "more of 0")));
            }
            if (results.get(1) instanceof BackupOutcome) {
                expected.addAll(files("b", "t-a"));
                assertThat(other.contents())
                        .as(when)
                        .isEqualTo(Map.of(new TableName("t-a"), Map.of("0/log", "t-a of 1")));
            }
            both += expected.isEmpty() ? 1 : 0;
            assertThat(one.names()).as(when).isEqualTo(expected);
            assertThat(one.unfinished()).as(when).isZero();
        }
        assertThat(both).as("times in which neither has made it").isLessThan(ORDERS / 2);
    }
}
