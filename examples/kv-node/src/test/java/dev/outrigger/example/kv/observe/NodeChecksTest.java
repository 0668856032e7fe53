package dev.outrigger.example.kv.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.HealthStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeChecksTest {

    @TempDir
    Path directory;

    private DataDirectory data;
    private Store store;
    private WorkerPool workers;
    private StoreChecks checks;

    @BeforeEach
    void open() {
        data = DataDirectory.open(directory.resolve("data"));
        store = new Store(data);
        workers = new WorkerPool(2, 4);
        workers.start();
        checks = new StoreChecks(store);
    }

    @AfterEach
    void close() {
        workers.close();
        store.close();
        data.close();
    }

    @Test
    void anOpenStoreIsHealthy() throws Exception {
        store.open((done, total, phase) -> {});

        assertThat(new WorkersCheck(workers).check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(new DiskCheck(data).check().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(checks.rocksdb().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(checks.compaction().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(new DiskCheck(data).check().details()).containsKeys("path", "usable_bytes", "total_bytes");
    }

    @Test
    void aStoreThatIsBeingOpenedIsDegradedAndAClosedOneUnhealthy() {
        assertThat(checks.rocksdb()).isEqualTo(HealthResult.degraded("the store is being opened"));
        assertThat(checks.compaction().status()).isEqualTo(HealthStatus.DEGRADED);
        store.open((done, total, phase) -> {});
        store.close();

        assertThat(checks.rocksdb()).isEqualTo(HealthResult.unhealthy("the store is closed"));
        assertThat(checks.compaction().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void aDeadWorkerIsToldByNumber() {
        workers.offer(heartbeat -> {
            throw new AssertionError("thrown on purpose");
        });
        await().dontCatchUncaughtExceptions().until(() -> workers.report().isShort());

        assertThat(new WorkersCheck(workers).check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(new WorkersCheck(workers).check().message()).contains("1 of 2 workers are alive");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsUnhealthy() throws Exception {
        Files.createDirectories(directory.resolve("data/probe/full")); // in the way of the file that is written

        assertThat(new DiskCheck(data).check().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(new DiskCheck(data).check().message().orElseThrow())
                .startsWith("the data directory cannot be written");
    }
}
