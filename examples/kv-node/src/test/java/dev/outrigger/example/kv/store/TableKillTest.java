package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.backup.spi.RestoreTarget.Staging;
import dev.outrigger.backup.spi.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after {@code kill -9}, wherever in a restore it came. */
class TableKillTest {

    private static final TableName LOWER = new TableName("lower");
    private static final int KEYS = 400;

    @TempDir
    Path directory;

    @Test
    void aKilledRestoreLeavesTheOldTableOrTheNew() throws Exception {
        Path data = directory.resolve("data");
        long full;
        try (OpenStore opened = OpenStore.in(data)) {
            StoreBackups backups = new StoreBackups(opened.store());
            Snapshots.copy(backups, "lower", directory.resolve("empty"));
            IntStream.range(0, KEYS)
                    .forEach(n -> opened.store().set(bytes("k" + n), bytes("v" + n), SetCondition.ALWAYS));
            Snapshots.copy(backups, "lower", directory.resolve("full"));
            full = new StoreTables(opened.store()).count(LOWER);
        }
        assertThat(full).isBetween(1L, (long) KEYS - 1);
        for (int round = 0; round < 3; round++) {
            killAfter(Duration.ofMillis(100 * round), data, "r" + round);
            try (OpenStore opened = OpenStore.in(data)) {
                StoreTables tables = new StoreTables(opened.store());
                assertThat(tables.count(LOWER)).isIn(0L, full);
                assertThat(tables.count(new TableName("upper"))).isEqualTo(KEYS - full);
                assertThat(opened.store().shards()).allMatch(shard -> shard.health() == ShardHealth.HEALTHY);
                assertThat(opened.store().engine().database().familyNames()).hasSize(17);
                abortAll(new StoreBackups(opened.store()));
            }
        }
    }

    /** Kills a process that restores, so long after it has been through once. */
    private void killAfter(Duration more, Path data, String restores) throws Exception {
        Path output = directory.resolve(restores + ".out");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestoringProcess.class.getName(),
                        data.toString(),
                        directory.resolve("empty").toString(),
                        directory.resolve("full").toString(),
                        restores))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await("a restore")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(output).contains("restored 0") || !process.isAlive());
            long until = System.nanoTime() + more.toNanos();
            await("some more").pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() >= until);
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void abortAll(StoreBackups backups) throws Exception {
        for (Staging left : backups.staged()) {
            backups.abort(left.restore(), left.table());
        }
        assertThat(backups.staged()).isEmpty();
    }
}
