package dev.outrigger.backup.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.SigningKey;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is damaged, by chance or by somebody, in each way in turn. */
class DamagedBackupTest {

    private static final ObjectName MANIFEST = new ObjectName("b1-cluster-metadata.json");
    private static final ManifestSignature KEY =
            ManifestSignature.with(SigningKey.of("sixteen bytes...".getBytes(UTF_8)));
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(\"[^\"]*\"|\\d+|true|false|null|)");

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private Map<TableName, Map<String, String>> backup;
    private RestoreBench bench;

    @BeforeEach
    void host() throws IOException {
        bench = new RestoreBench(place, directory.resolve("host"));
    }

    private void backUp(ManifestSignature signature) throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), signature);
    }

    private List<ObjectName> files() throws IOException {
        return place.list("", "", 1000).stream().map(StoredObject::name).toList();
    }

    private byte[] content(ObjectName file) throws IOException {
        return place.read(file).orElseThrow().readAllBytes();
    }

    /** Brings tables back, all where none is named; returns those that made it. */
    private Set<TableName> run(ManifestSignature signature, TableName... tables) throws Exception {
        RestoreSite site = RestoreBench.site(bench.tables, bench.plans, signature, 1);
        RestoreRequest request =
                new RestoreRequest(RestoreBench.ID, "memory", List.of(tables), RestoreMode.OVERWRITE, Map.of());
        try {
            RestorePlan plan = new RestoreCheck(site, place).plan(RestoreBench.RESTORE, request, Rehearsal.METADATA);
            return carryOut(site, plan);
        } catch (RefusedException e) {
            return Set.of();
        }
    }

    private Set<TableName> carryOut(RestoreSite site, RestorePlan plan) throws Exception {
        bench.plans.write(RestoreBench.RESTORE, PlanStore.ABSENT, plan.encode());
        Set<TableName> live = new TreeSet<>();
        for (RestoredTable table : new RestoreAttempt(site, place, new RecordingControl(), bench.ledger()).run()) {
            if (table.status().equals("completed")) {
                live.add(table.name());
            }
        }
        bench.plans.remove(RestoreBench.RESTORE);
        return live;
    }

    /** The tables that made it are as in the backup, all else is as it was before; afterwards everything is. */
    private void assertRightOrUntouched(String when, Set<TableName> live) throws IOException {
        for (TableName table : List.of(RestoreBench.ORDERS, RestoreBench.USERS)) {
            Map<String, String> expected =
                    live.contains(table) ? backup.get(table) : bench.before.getOrDefault(table, Map.of());
            assertThat(bench.contents(table)).as("%s: %s", when, table).isEqualTo(expected);
        }
        assertThat(bench.tables.leftovers()).as(when).isEmpty();
        if (!live.isEmpty()) {
            bench.tables.remove(RestoreBench.USERS);
            bench.tables.put("orders", Map.of("0/log", "old", "2/log", "old"));
        }
    }

    private byte[] flipped(byte[] content, int at, int mask) {
        byte[] damaged = content.clone();
        damaged[at] ^= (byte) mask;
        return damaged;
    }

    @Test
    void aByteThatIsChangedAnywhereInASignedBackupIsFoundOut() throws Exception {
        backUp(KEY);
        Random random = new Random(20261101);
        for (ObjectName file : files()) {
            byte[] content = content(file);
            for (int at = 0; at < content.length; at++) {
                place.replace(file, flipped(content, at, 1 + random.nextInt(255)));
                String when = "byte " + at + " of " + file;
                assertThat(run(KEY, file.value().contains("orders") ? RestoreBench.ORDERS : RestoreBench.USERS))
                        .as(when)
                        .isEmpty();
                assertRightOrUntouched(when, Set.of());
            }
            place.replace(file, content);
        }
        assertThat(run(KEY)).hasSize(2);
    }

    /** Without a key: what is for people only can be changed unseen, and no more. */
    @Test
    void aByteThatIsChangedInAnUnsignedManifestChangesNoByteThatIsRestored() throws Exception {
        backUp(ManifestSignature.NONE);
        byte[] content = content(MANIFEST);
        Set<String> unseen = new TreeSet<>();
        int users = new String(content, ISO_8859_1).indexOf("\"name\":\"users\"");
        for (int at = 0; at < content.length; at++) {
            place.replace(MANIFEST, flipped(content, at, 1));
            Set<TableName> live = run(ManifestSignature.NONE, RestoreBench.USERS);
            boolean others = othersFrom(content) <= at && at < users;
            if (!live.isEmpty() && !others) {
                unseen.add(member(content, at));
            }
            assertRightOrUntouched("byte " + at, live);
        }
        assertThat(unseen)
                .containsExactlyInAnyOrder(
                        "format_version",
                        "min_reader_version", // as an older one
                        "timestamp",
                        "kv_node_version",
                        "token",
                        "conditional_put",
                        "md5_verified",
                        "backup_location",
                        "error", // its name, where it is null
                        "node");
    }

    /** Where the table begins that is not brought back. */
    private static int othersFrom(byte[] content) {
        return new String(content, ISO_8859_1).indexOf("\"name\":\"orders\"");
    }

    private static String member(byte[] content, int at) {
        Matcher member = MEMBER.matcher(new String(content, ISO_8859_1));
        while (member.find()) {
            if (member.start() <= at && at < member.end()) {
                return member.group(1);
            }
        }
        return "between members, at " + at;
    }

    @Test
    void aFileThatIsCutShortOrGrowsIsFoundOutBeforeAndAfterTheCheck() throws Exception {
        backUp(KEY);
        RestoreSite site = RestoreBench.site(bench.tables, bench.plans, KEY, 1);
        RestorePlan plan = new RestoreCheck(site, place)
                .plan(RestoreBench.RESTORE, RestoreBench.request(RestoreMode.OVERWRITE), Rehearsal.METADATA);
        for (ObjectName file : files()) {
            byte[] content = content(file);
            for (int length = 0; length <= content.length + 1; length += length < content.length - 9 ? 97 : 1) {
                if (length != content.length) {
                    String when = file + " with " + length + " bytes";
                    place.replace(file, Arrays.copyOf(content, length));
                    assertThat(run(KEY)).as(when).isEmpty();
                    assertRightOrUntouched(when, Set.of());
                    Set<TableName> live = carryOut(site, plan);
                    assertThat(live).as(when).hasSizeLessThan(2);
                    assertRightOrUntouched(when, live);
                }
            }
            place.replace(file, content);
        }
    }

    @Test
    void aFileThatIsMissingIsFoundOutBeforeAndAfterTheCheckAndOneTooManyIsNobodys() throws Exception {
        backUp(KEY);
        place.putIfAbsent(new ObjectName("shard-2-orders-b1.tar.zst"), "nobody's".getBytes(UTF_8));
        place.putIfAbsent(new ObjectName("other-b1-metadata.json"), "nobody's".getBytes(UTF_8));
        RestoreSite site = RestoreBench.site(bench.tables, bench.plans, KEY, 1);
        RestorePlan plan = new RestoreCheck(site, place)
                .plan(RestoreBench.RESTORE, RestoreBench.request(RestoreMode.OVERWRITE), Rehearsal.METADATA);
        for (ObjectName file : files()) {
            byte[] content = content(file);
            place.delete(file);
            boolean needed = !new String(content, ISO_8859_1).equals("nobody's");
            assertThat(run(KEY)).as("without %s", file).hasSize(needed ? 0 : 2);
            bench = new RestoreBench(place, directory.resolve("without-" + file));
            RestoreSite here = RestoreBench.site(bench.tables, bench.plans, KEY, 1);
            Set<TableName> live = carryOut(here, plan);
            assertThat(live).as("without %s", file).hasSizeBetween(needed ? 0 : 2, needed ? 1 : 2);
            assertRightOrUntouched("without " + file, live);
            place.putIfAbsent(file, content);
        }
    }

    @Test
    void archivesThatChangePlacesAreFoundOut() throws Exception {
        backUp(KEY);
        List<ObjectName> archives =
                files().stream().filter(file -> file.value().endsWith(".zst")).toList();
        for (ObjectName one : archives) {
            for (ObjectName other : archives) {
                if (!one.equals(other)) {
                    byte[] first = content(one);
                    byte[] second = content(other);
                    place.replace(one, second);
                    place.replace(other, first);
                    Set<TableName> live = run(KEY);
                    assertThat(live).hasSizeLessThan(2);
                    assertRightOrUntouched(one + " for " + other, live);
                    place.replace(one, first);
                    place.replace(other, second);
                }
            }
        }
    }

    /** Somebody who can write to the location, where there is no key, gives the manifest what the wrong archive has. */
    @Test
    void anArchiveThatAManifestVouchesForAsAnothersShardIsFoundOut() throws Exception {
        backUp(ManifestSignature.NONE);
        Manifest manifest = new StoredManifests(place, ManifestSignature.NONE)
                .read(RestoreBench.ID)
                .orElseThrow();
        ManifestTable orders = manifest.table(RestoreBench.ORDERS).orElseThrow();
        ManifestShard users =
                manifest.table(RestoreBench.USERS).orElseThrow().shards().get(0);
        for (ManifestShard wrong : List.of(orders.shards().get(1), users)) {
            ManifestShard right = orders.shards().get(0);
            List<ManifestShard> shards = new ArrayList<>(orders.shards());
            shards.set(
                    0,
                    new ManifestShard(
                            0,
                            new BackupFile(
                                    right.file().name(),
                                    wrong.file().bytes(),
                                    wrong.file().sha256()),
                            wrong.rawBytes(),
                            wrong.entries(),
                            wrong.content(),
                            wrong.node()));
            Manifest forged = new Manifest(
                    manifest.id(),
                    manifest.timestamp(),
                    manifest.product(),
                    manifest.token(),
                    manifest.status(),
                    manifest.storage(),
                    "memory",
                    List.of(ManifestTable.completed(
                            RestoreBench.ORDERS, orders.metadata().orElseThrow(), shards)));
            byte[] archive = content(right.file().name());
            place.replace(right.file().name(), content(wrong.file().name()));
            place.replace(MANIFEST, new ManifestCodec(ManifestSignature.NONE).encode(forged));
            assertThat(run(ManifestSignature.NONE)).isEmpty();
            assertRightOrUntouched("a forged manifest", Set.of());
            place.replace(right.file().name(), archive);
        }
    }
}
