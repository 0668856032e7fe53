package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrigger.backup.MemoryPlans;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.SmallDisk;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.LocationRoots;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.ObjectStores;
import dev.outrigger.backup.location.S3Settings;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On disks of 2 MiB, where this process may mount one: a clear error, what was there is still there, and nothing is left. */
@EnabledOnOs(OS.LINUX)
class FullDiskJobsTest {

    private static final BackupId ID = new BackupId("b1");
    private static final StoreTraits TRAITS = new StoreTraits(true, true);
    private static final String LARGE = incompressible(3_000_000);

    @TempDir
    private Path data;

    @TempDir
    private Path small;

    @Test
    void aBackupThatDoesNotFitIsPartialOrNone() throws Exception {
        TestTables tables = new TestTables(data);
        tables.put("large", Map.of("0/log", LARGE, "1/log", "x"));
        tables.put("little", Map.of("0/log", "fits"));
        try (SmallDisk disk = SmallDisk.over(small, "size=2m")) {
            assumeTrue(disk.isThere(), "this process may not mount a file system");
            Location location = Location.parse("file://" + small.toRealPath());
            LocationRoots roots = LocationRoots.of(List.of(location));
            try (ObjectStores stores =
                            new ObjectStores(roots, S3Settings.builder().build());
                    ObjectStore store = stores.open(location)) {
                BackupOutcome outcome =
                        attempt(tables, store, location, List.of()).run();

                assertThat(outcome.status()).isEqualTo("partial");
                assertThat(outcome.tables())
                        .extracting(ManifestTable::status)
                        .containsExactly(TableStatus.FAILED, TableStatus.COMPLETED);
                assertThat(outcome.tables().get(0).error()).contains("there is no space left at the location");
                assertThat(store.list("", "", 10))
                        .extracting(object -> object.name().value())
                        .containsExactly(
                                "b1-cluster-metadata.json", "little-b1-metadata.json", "shard-0-little-b1.tar.zst");
                assertThat(store.removeUnfinished("", true)).isZero();
            }
        }
    }

    @Test
    void aBackupOfWhichNothingFitsIsNone() throws Exception {
        TestTables tables = new TestTables(data);
        tables.put("large", Map.of("0/log", LARGE));
        try (SmallDisk disk = SmallDisk.over(small, "size=2m")) {
            assumeTrue(disk.isThere(), "this process may not mount a file system");
            Location location = Location.parse("file://" + small.toRealPath());
            try (ObjectStores stores = new ObjectStores(
                            LocationRoots.of(List.of(location)),
                            S3Settings.builder().build());
                    ObjectStore store = stores.open(location)) {
                assertThat(attempt(tables, store, location, List.of()).run().status())
                        .isEqualTo("failed");
                assertThat(Files.list(small)).isEmpty();
            }
        }
    }

    @Test
    void aRestoreThatDoesNotFitLeavesWhatWasThere() throws Exception {
        MemoryStore store = new MemoryStore();
        TestTables origin = new TestTables(data);
        origin.put("large", Map.of("0/log", LARGE));
        origin.put("little", Map.of("0/log", "new"));
        attempt(origin, store, Location.parse("file:///memory"), List.of()).run();
        try (SmallDisk disk = SmallDisk.over(small, "size=2m")) {
            assumeTrue(disk.isThere(), "this process may not mount a file system");
            TestTables target = new TestTables(small);
            target.put("large", Map.of("0/log", "old"));
            target.put("little", Map.of("0/log", "old"));
            Map<String, String> before = target.contents(new TableName("large")).orElseThrow();

            List<RestoredTable> restored = restore(target, store);

            assertThat(restored).extracting(RestoredTable::status).containsExactly("failed", "completed");
            assertThat(restored.get(0).error()).isPresent();
            assertThat(target.contents(new TableName("large"))).contains(before);
            assertThat(target.contents(new TableName("little")).orElseThrow()).containsEntry("shards/0/log", "new");
            assertThat(target.staged()).isEmpty();
            assertThat(target.leftovers()).isEmpty();
        }
    }

    private static List<RestoredTable> restore(TestTables target, MemoryStore store) throws Exception {
        MemoryPlans plans = new MemoryPlans();
        RestoreId id = new RestoreId("r-1");
        RestoreSite site = new RestoreSite("kv-node", target, plans, ManifestSignature.NONE, Throttle.NONE, 2);
        RestoreRequest request = new RestoreRequest(ID, "file:///memory", List.of(), RestoreMode.OVERWRITE, Map.of());
        RestorePlan plan = new RestoreCheck(site, store).plan(id, request, Rehearsal.METADATA);
        plans.write(id, PlanStore.ABSENT, plan.encode());
        return RestoreJob.open(site, id).orElseThrow().run(store, new RecordingControl());
    }

    private static BackupAttempt attempt(
            TestTables tables, ObjectStore store, Location location, List<TableName> wanted) {
        BackupSite site = new BackupSite(
                "node-1",
                "boot-1",
                new Product("kv-node", "1.2.3"),
                tables,
                ManifestSignature.NONE,
                Throttle.NONE,
                2,
                Compression.DEFAULT);
        BackupOrder order =
                new BackupOrder(ID, location.toString(), wanted, "token", Instant.parse("2026-11-01T02:03:04.567Z"));
        return new BackupAttempt(site, order, store, TRAITS, "job-1", new RecordingControl());
    }

    /** Letters that zstd makes nothing of. */
    private static String incompressible(int length) {
        return new Random(7)
                .ints(length, 0x100, 0x800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
