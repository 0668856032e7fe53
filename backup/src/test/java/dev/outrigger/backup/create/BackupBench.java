package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.StoredBackup;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Two small tables, and a store in memory that one process after another backs them up to. */
final class BackupBench {

    static final Map<String, String> ORDERS = Map.of("0/log", "first\n", "0/data/a", "1,2,3", "1/log", "");
    static final Map<String, String> USERS = Map.of("0/log", "ann\nbob\n");
    static final Map<TableName, Map<String, String>> ALL =
            Map.of(new TableName("orders"), ORDERS, new TableName("users"), USERS);
    static final Set<String> FILES = new TreeSet<>(Set.of(
            "b1-cluster-metadata.json",
            "orders-b1-metadata.json",
            "shard-0-orders-b1.tar.zst",
            "shard-1-orders-b1.tar.zst",
            "users-b1-metadata.json",
            "shard-0-users-b1.tar.zst"));

    final MemoryStore place = new MemoryStore();
    final TestTables tables;
    final StoredBackup backup;
    private final BackupId id;

    private int boots;

    BackupBench(Path directory) throws IOException {
        this(directory, "b1");
    }

    BackupBench(Path directory, String id) throws IOException {
        this.id = new BackupId(id);
        tables = new TestTables(directory);
        tables.put("orders", ORDERS);
        tables.put("users", USERS);
        backup = new StoredBackup(place, this.id);
    }

    BackupOrder order(String... wanted) {
        List<TableName> names = Stream.of(wanted).map(TableName::new).toList();
        return new BackupOrder(id, "memory", names, "token-of-" + id, Instant.parse("2026-11-01T02:03:04.567Z"));
    }

    static BackupSite site(BackupSource source, int parallelShards, String boot) {
        return new BackupSite(
                "node-1",
                boot,
                new Product("kv-node", "1.2.3"),
                source,
                ManifestSignature.NONE,
                Throttle.NONE,
                parallelShards,
                Compression.DEFAULT);
    }

    /** A process of its own that is about to make the backup. */
    BackupAttempt process(Fate fate) {
        return process(fate, order(), new RecordingControl());
    }

    BackupAttempt process(Fate fate, BackupOrder order, JobControl control) {
        MemoryStore store = place.elsewhere();
        store.hook(fate);
        tables.steps(fate);
        return new BackupAttempt(
                site(tables, 1, "boot-" + ++boots), order, store, new StoreTraits(true, true), "job-1", control);
    }

    /** Everything goes well from now on. */
    void calm() {
        tables.steps(Steps.UNSEEN);
    }

    /** There is the whole backup, and nothing else. */
    void assertWholeAndAlone(String when) throws Exception {
        calm();
        assertThat(backup.names()).as(when).isEqualTo(FILES);
        assertThat(backup.unfinished()).as(when).isZero();
        assertThat(backup.contents()).as(when).isEqualTo(ALL);
    }

    /** There is nothing at all. */
    void assertNothing(String when) throws Exception {
        assertThat(backup.names()).as(when).isEmpty();
        assertThat(backup.unfinished()).as(when).isZero();
    }
}
