package dev.outrigger.backup.keep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.create.BackupAttempt;
import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A location in memory, with a node that writes real backups to it. */
final class Place {

    static final String LOCATION = "s3://bucket/backups";
    static final String NODE = "node-1";
    static final Product PRODUCT = new Product("kv-node", "1.2.3");
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final int PAGE = 1_000;

    final MemoryStore store;
    final TestTables tables;
    private final ManifestSignature signature;
    private int backups;

    Place(Path directory) throws IOException {
        this(directory, ManifestSignature.NONE);
    }

    /** A place where two tables are to be backed up: {@code users} with two shards, and {@code empty} with one. */
    Place(Path directory, ManifestSignature signature) throws IOException {
        this(new MemoryStore(), new TestTables(directory), signature);
        tables.put("users", Map.of("0/data/a", "alpha", "0/data/b", "beta", "1/data/c", "gamma"));
        tables.put("empty", Map.of("0/none", ""));
    }

    private Place(MemoryStore store, TestTables tables, ManifestSignature signature) {
        this.store = store;
        this.tables = tables;
        this.signature = signature;
    }

    /** The same location and tables with another key. */
    Place withKey(ManifestSignature other) {
        return new Place(store, tables, other);
    }

    /** Makes a backup, an hour after the one before. */
    BackupOutcome backup(String id, String... names) throws Exception {
        return attempt(store, NODE, id, "token-" + backups, new RecordingControl(), names)
                .run();
    }

    /** An attempt at a backup, whose job is {@code job-ID}; each attempt at the same id is one of the same job. */
    BackupAttempt attempt(MemoryStore through, String node, String id, String... names) {
        return attempt(through, node, id, new RecordingControl(), names);
    }

    BackupAttempt attempt(MemoryStore through, String node, String id, JobControl control, String... names) {
        return attempt(through, node, id, "token-of-" + id, control, names);
    }

    /** Has a writer die right after an operation, such as {@code COMMIT shard-0-users-b1.tar.zst}. */
    void dieAfter(String operation, String node, String id, String... names) {
        MemoryStore dying = store.elsewhere();
        dying.hook(new LastOperation(operation));
        assertThatThrownBy(() -> attempt(dying, node, id, names).run()).isInstanceOf(Fate.Died.class);
    }

    private BackupAttempt attempt(
            MemoryStore through, String node, String id, String token, JobControl control, String... names) {
        BackupSite writer =
                new BackupSite(node, "boot-1", PRODUCT, tables, signature, Throttle.NONE, 1, Compression.DEFAULT);
        BackupOrder order = new BackupOrder(
                new BackupId(id),
                LOCATION,
                Stream.of(names).map(TableName::new).toList(),
                token,
                BEGIN.plusSeconds(3_600L * backups++));
        return new BackupAttempt(writer, order, through, new StoreTraits(true, true), "job-" + id, control);
    }

    KeepSite site() {
        return site(Throttle.NONE);
    }

    KeepSite site(Throttle throttle) {
        return new KeepSite(NODE, PRODUCT, signature, throttle, 2, () -> BEGIN);
    }

    /** Collects garbage, while jobs run. */
    Collected collect(CollectionOrder order, String... running) throws IOException {
        return collect(store, order, running);
    }

    Collected collect(MemoryStore through, CollectionOrder order, String... running) throws IOException {
        return new GarbageCollection(site(), through, Set.of(running)::contains, new RecordingControl()).run(order);
    }

    VerificationResult verify(String id) throws Exception {
        return new Verification(site(), store.elsewhere(), new RecordingControl()).run(new BackupId(id));
    }

    BackupCatalog catalog() {
        return new BackupCatalog(store, LOCATION, signature, new CatalogCache(), new LastFindings());
    }

    List<String> listed() throws Exception {
        return catalog().all().stream().map(entry -> entry.id().value()).toList();
    }

    /** What the store tells of all that is there: the same again only if nothing was written since. */
    List<StoredObject> everything() throws IOException {
        return store.elsewhere().list("", "", PAGE);
    }

    List<String> names() throws IOException {
        return everything().stream().map(object -> object.name().value()).toList();
    }

    int unfinished() throws IOException {
        return store.elsewhere().removeUnfinished("", true);
    }

    byte[] content(String name) throws IOException {
        Optional<InputStream> found = store.elsewhere().read(new ObjectName(name));
        try (InputStream in = found.orElseThrow()) {
            return in.readAllBytes();
        }
    }

    void write(String name, byte[] content) throws IOException {
        store.elsewhere().replace(new ObjectName(name), content);
    }

    /** The text under a manifest's name. */
    String manifest(String id) throws IOException {
        return new String(content(manifestOf(id)), UTF_8);
    }

    static String manifestOf(String id) {
        return new BackupNames(new BackupId(id)).manifest().value();
    }

    static String claimOf(String id) {
        return new BackupNames(new BackupId(id)).claim().value();
    }

    /** Ends a process. */
    private static final class LastOperation implements MemoryStore.Hook {

        private final String last;
        private volatile Fate fate = Fate.uneventful();

        LastOperation(String last) {
            this.last = last;
        }

        @Override
        public void before(MemoryStore.Operation operation, String name) throws IOException {
            fate.before(operation, name);
        }

        @Override
        public void after(MemoryStore.Operation operation, String name) throws IOException {
            fate.after(operation, name);
            if ((operation + " " + name).equals(last)) {
                fate = Fate.deathAfter(0);
            }
        }
    }
}
