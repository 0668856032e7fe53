package dev.outrigger.backup.create;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.StoredBackup;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import dev.outrigger.backup.spi.Throttle;
import dev.outrigger.cluster.NodeAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three members that have all shards of two tables, each with what it has applied so far, which differs from member to member: files of
 * one shard that are not all of the same member's would be a mixture.
 */
final class SpreadBench {

    static final NodeAddress N1 = new NodeAddress("n1");
    static final NodeAddress N2 = new NodeAddress("n2");
    static final NodeAddress N3 = new NodeAddress("n3");
    static final TableName LOWER = new TableName("lower");
    static final TableName UPPER = new TableName("upper");
    static final Map<TableName, Set<Integer>> SHARDS = Map.of(LOWER, Set.of(0, 1), UPPER, Set.of(2, 3));

    private static final BackupId ID = new BackupId("b1");

    final MemoryStore place = new MemoryStore();
    final StoredBackup backup = new StoredBackup(place, ID);
    final Map<Integer, NodeAddress> leaders = new TreeMap<>(Map.of(0, N1, 1, N2, 2, N3, 3, N2));
    final ScriptedMembers members = new ScriptedMembers(this);
    final RecordingControl control = new RecordingControl();
    private final AtomicInteger openSnapshots = new AtomicInteger();

    /** The node as one of the members has it. */
    BackupSite site(NodeAddress member) {
        return site(member, new Source(member, leaders));
    }

    private static BackupSite site(NodeAddress member, BackupSource source) {
        return new BackupSite(
                member.value(),
                "boot",
                new Product("kv-node", "1.2.3"),
                source,
                ManifestSignature.NONE,
                Throttle.NONE,
                1,
                Compression.DEFAULT);
    }

    /** The node as a member has it that still takes itself for the leader of what it was asked for. */
    BackupSite late(NodeAddress member) {
        Map<Integer, NodeAddress> before = new TreeMap<>(leaders);
        return site(member, new Source(member, before));
    }

    static BackupOrder order() {
        return new BackupOrder(ID, "memory", List.of(), "token-of-b1", Instant.parse("2026-11-01T02:03:04.567Z"));
    }

    /** The first member as coordinator, in a process of its own. */
    BackupAttempt coordinator(Fate fate) {
        return coordinator(fate, control);
    }

    BackupAttempt coordinator(Fate fate, RecordingControl told) {
        MemoryStore store = place.elsewhere();
        store.hook(new MemoryStore.Hook() {

            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                members.step();
                fate.before(operation, name);
            }

            @Override
            public void after(MemoryStore.Operation operation, String name) throws IOException {
                fate.after(operation, name);
            }
        });
        members.coordinator(fate);
        return new BackupAttempt(
                site(N1), Optional.of(members), order(), store, new StoreTraits(true, true), "job-1", told);
    }

    /** Names the log's index that a member has applied, and files that tell it. */
    static long applied(NodeAddress member) {
        return 100 + member.value().charAt(1);
    }

    private static List<ShardFile> files(TableName table, int shard, NodeAddress member) {
        return List.of(file("log", member), file("data/" + table + shard, member));
    }

    private static ShardFile file(String path, NodeAddress member) {
        byte[] content = (path + " at " + applied(member)).getBytes(UTF_8);
        return new ShardFile(path, content.length, () -> new ByteArrayInputStream(content));
    }

    /** The shards that one member leads. */
    private final class Source implements BackupSource {

        private final NodeAddress self;
        private final Map<Integer, NodeAddress> known;

        private Source(NodeAddress self, Map<Integer, NodeAddress> known) {
            this.self = self;
            this.known = known;
        }

        @Override
        public List<TableName> tables() {
            throw new UnsupportedOperationException("the cluster's tables are the placement's to tell");
        }

        @Override
        public Optional<TableSnapshot> snapshot(TableName table) {
            openSnapshots.incrementAndGet();
            List<ShardSnapshot> shards = new ArrayList<>();
            for (int shard : SHARDS.get(table)) {
                if (self.equals(known.get(shard))) {
                    shards.add(new Shard(table, shard, self));
                }
            }
            return Optional.of(new Snapshot(shards));
        }
    }

    private record Shard(TableName table, int id, NodeAddress member) implements ShardSnapshot {

        @Override
        public ShardDescription description() {
            return new ShardDescription(id, Optional.empty(), applied(member), 7);
        }

        @Override
        public List<ShardFile> files() {
            return SpreadBench.files(table, id, member);
        }
    }

    private final class Snapshot implements TableSnapshot {

        private final List<ShardSnapshot> shards;

        private Snapshot(List<ShardSnapshot> shards) {
            this.shards = shards;
        }

        @Override
        public TableDescription description() {
            return new TableDescription("of the cluster", "{}", "null", "null");
        }

        @Override
        public List<ShardSnapshot> shards() {
            return shards;
        }

        @Override
        public void close() {
            openSnapshots.decrementAndGet();
        }
    }

    void assertNothing(String when) throws Exception {
        assertThat(backup.names()).as(when).isEmpty();
        assertThat(backup.unfinished()).as(when).isZero();
    }

    /** There is a backup of these tables, and nothing else; each shard is one member's, which the manifest names. */
    void assertWholeAndAlone(String when, TableName... tables) throws Exception {
        Manifest manifest = backup.manifest().orElseThrow(() -> new AssertionError("no backup " + when));
        Set<String> names = new TreeSet<>(Set.of("b1-cluster-metadata.json"));
        Set<TableName> there = new TreeSet<>();
        for (ManifestTable table : manifest.tables()) {
            if (table.status() == TableStatus.COMPLETED) {
                there.add(table.name());
                names.add(table.name() + "-b1-metadata.json");
                assertThat(table.shards())
                        .as(when)
                        .extracting(ManifestShard::id)
                        .containsExactlyElementsOf(new TreeSet<>(SHARDS.get(table.name())));
                table.shards().forEach(shard -> names.add(shard.file().name().value()));
            }
        }
        assertThat(there).as(when).containsExactlyInAnyOrder(tables);
        assertThat(backup.names()).as(when).isEqualTo(names);
        assertThat(backup.unfinished()).as(when).isZero();
        assertUnmixed(when);
    }

    /** Whatever is listed can be restored, each shard as one member had it. */
    void assertUnmixed(String when) throws Exception {
        Map<TableName, Map<String, String>> contents = backup.contents();
        for (ManifestTable table : backup.manifest().orElseThrow().tables()) {
            if (table.status() != TableStatus.COMPLETED) {
                continue;
            }
            List<ShardDescription> described = new StoredManifests(place, ManifestSignature.NONE)
                    .metadata(table)
                    .shards();
            for (ManifestShard shard : table.shards()) {
                long applied = applied(new NodeAddress(shard.node()));
                Map<String, String> files = new TreeMap<>(contents.get(table.name()));
                files.keySet().removeIf(path -> !path.startsWith(shard.id() + "/"));
                assertThat(files).as(when).hasSize(2);
                assertThat(files.values()).as(when).allMatch(content -> content.endsWith(" at " + applied));
                assertThat(described).as(when).contains(new ShardDescription(shard.id(), Optional.empty(), applied, 7));
            }
        }
    }

    void assertNoSnapshotIsOpen(String when) {
        assertThat(openSnapshots.get()).as(when).isZero();
    }
}
