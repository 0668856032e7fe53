package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.MemoryPlans;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A backup of two tables, and a host to which one process after another brings them back. */
final class RestoreBench {

    static final BackupId ID = new BackupId("b1");
    static final RestoreId RESTORE = new RestoreId("r-1");
    static final TableName ORDERS = new TableName("orders");
    static final TableName USERS = new TableName("users");
    static final TableName OTHER = new TableName("other");

    final MemoryStore place;
    final MemoryPlans plans = new MemoryPlans();
    final TestTables tables;
    final Map<TableName, Map<String, String>> before;

    /** A host that has another {@code orders}, and a table that has nothing to do with it. */
    RestoreBench(MemoryStore place, Path directory) throws IOException {
        this.place = place;
        tables = new TestTables(directory);
        tables.put("orders", Map.of("0/log", "old", "2/log", "old"));
        tables.put("other", Map.of("0/log", "other"));
        before = tables.contents();
    }

    /** Makes the backup; returns what is in it. */
    static Map<TableName, Map<String, String>> backUp(MemoryStore place, Path directory, ManifestSignature signature)
            throws Exception {
        TestTables tables = new TestTables(directory);
        tables.put(
                ORDERS,
                new TableDescription("all of them", "{\"a\": [1, 2.50]}", "null", "[ ]"),
                Map.of("0/log", "first\n", "0/data/a", "1,2,3", "1/log", ""));
        tables.put("users", Map.of("0/log", "ann\nbob\n"));
        BackupSite site = new BackupSite(
                "node-1",
                "boot-1",
                new Product("kv-node", "1.2.3"),
                tables,
                signature,
                Throttle.NONE,
                1,
                Compression.DEFAULT);
        BackupOrder order =
                new BackupOrder(ID, "memory", List.of(), "token", Instant.parse("2026-11-01T02:03:04.567Z"));
        StoreTraits traits = new StoreTraits(true, true);
        new BackupAttempt(site, order, place, traits, "job-1", new RecordingControl()).run();
        return tables.contents();
    }

    static RestoreSite site(RestoreTarget target, PlanStore plans, ManifestSignature signature, int parallelShards) {
        return new RestoreSite("kv-node", target, plans, signature, Throttle.NONE, parallelShards);
    }

    static RestoreRequest request(RestoreMode mode) {
        return new RestoreRequest(ID, "memory", List.of(), mode, Map.of());
    }

    /** One process: checks and plans, unless it finds a plan, and carries it out. */
    List<RestoredTable> run(Fate fate) throws Exception {
        return run(fate, request(RestoreMode.OVERWRITE), new RecordingControl());
    }

    List<RestoredTable> run(Fate fate, RestoreRequest request, JobControl control) throws Exception {
        MemoryStore store = place.elsewhere();
        store.hook(fate);
        tables.steps(fate);
        plans.steps(fate);
        RestoreSite site = site(tables, plans, ManifestSignature.NONE, 1);
        if (plans.read(RESTORE).isEmpty()) {
            RestorePlan plan = new RestoreCheck(site, store).plan(RESTORE, request, Rehearsal.METADATA);
            plans.write(RESTORE, PlanStore.ABSENT, plan.encode());
        }
        return new RestoreAttempt(site, store, control, ledger()).run();
    }

    PlanLedger ledger() throws IOException {
        return PlanLedger.open(plans, RESTORE).orElseThrow();
    }

    /** Everything goes well from now on. */
    void calm() {
        tables.steps(Steps.UNSEEN);
        plans.steps(Steps.UNSEEN);
    }

    /** What the host has of a table, without what only a restore writes about its shards. */
    Map<String, String> contents(TableName table) throws IOException {
        Map<String, String> contents = new TreeMap<>(tables.contents(table).orElse(Map.of()));
        contents.keySet().removeIf(file -> file.startsWith("about/shard-"));
        return contents;
    }

    /** Each table is as it was, or as the backup has it. */
    void assertOldOrNew(String when, Map<TableName, Map<String, String>> backup) throws IOException {
        calm();
        for (TableName table : List.of(ORDERS, USERS)) {
            assertThat(contents(table))
                    .as("%s: %s", when, table)
                    .isIn(backup.get(table), before.getOrDefault(table, Map.of()));
        }
        assertThat(contents(OTHER)).as(when).isEqualTo(before.get(OTHER));
    }

    /** All is back, and nothing else is left. */
    void assertBack(String when, Map<TableName, Map<String, String>> backup) throws IOException {
        calm();
        assertThat(contents(ORDERS)).as(when).isEqualTo(backup.get(ORDERS));
        assertThat(contents(USERS)).as(when).isEqualTo(backup.get(USERS));
        assertOldOrNew(when, backup);
        assertSettled(when);
    }

    /** Nothing is staged, and nothing is planned that is not done. */
    void assertSettled(String when) throws IOException {
        calm();
        assertThat(tables.leftovers()).as(when).isEmpty();
        assertThat(tables.staged()).as(when).isEmpty();
        assertThat(ledger().plan().tables())
                .as(when)
                .allMatch(table -> table.state().isSettled());
    }
}
