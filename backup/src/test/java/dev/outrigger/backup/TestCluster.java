package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.LocationRoots;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.peer.PeerAccess;
import dev.outrigger.backup.peer.PeerAnswer;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * Three nodes, each with a sidecar and threads of its own, that reach each other's routes without a network; with backups in memory, one
 * store of plans, and one clock. Every node has every shard.
 *
 * <pre>
 *   lower: shard 0 led by n1, 1 by n2        upper: shard 2 led by n3
 * </pre>
 */
final class TestCluster implements AutoCloseable {

    static final String HERE = TestNode.HERE;
    static final TableName LOWER = new TableName("lower");
    static final TableName UPPER = new TableName("upper");
    static final Map<TableName, Set<Integer>> SHARDS = Map.of(LOWER, Set.of(0, 1), UPPER, Set.of(2));

    final MemoryStore place = new MemoryStore();
    final MemoryPlans plans = new MemoryPlans();
    final TestClock clock = new TestClock();
    final Map<Integer, String> leaders = new ConcurrentHashMap<>(Map.of(0, "n1", 1, "n2", 2, "n3"));
    final Map<String, Node> nodes = new LinkedHashMap<>();
    final Set<String> members = ConcurrentHashMap.newKeySet();
    private final Path directory;
    private final UnaryOperator<BackupsBuilder> settings;

    TestCluster(Path directory, UnaryOperator<BackupsBuilder> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        for (String name : List.of("n1", "n2", "n3")) {
            members.add(name);
            nodes.put(name, new Node(name).start());
        }
    }

    Node node(String name) {
        return nodes.get(name);
    }

    StoredBackup stored(String id) {
        return new StoredBackup(place.elsewhere(), new BackupId(id));
    }

    /** One of them. */
    final class Node implements ShardPlacement, BackupSource, AutoCloseable {

        final String name;
        final TestTables tables;
        MemoryStore store = place.elsewhere();
        Backups backups;
        TestSidecar sidecar;
        volatile boolean reachable;

        private Node(String name) throws IOException {
            this.name = name;
            this.tables = new TestTables(directory.resolve(name));
            tables.put(LOWER, TableDescription.NONE, Map.of("0/a", "a at " + name, "1/b", "b at " + name));
            tables.put(UPPER, TableDescription.NONE, Map.of("2/c", "c at " + name));
        }

        Node start() throws IOException {
            LocationRoots roots = LocationRoots.parse(List.of("s3://bucket"));
            BackupsBuilder builder = Backups.builder(
                            name, "kv-node", "1.0", this, tables, directory.resolve(name + "-ops"))
                    .root("s3://bucket")
                    .plans(plans)
                    .clock(clock)
                    .cluster(this, PeerAccess.open())
                    .transport(TestCluster.this::carry, Duration.ofMillis(20))
                    .opener(location -> {
                        roots.check(location);
                        return store;
                    });
            backups = settings.apply(builder).open();
            sidecar = new TestSidecar();
            backups.install(sidecar);
            sidecar.start();
            reachable = true;
            return this;
        }

        @Override
        public void close() throws Exception {
            reachable = false;
            sidecar.close();
            backups.close();
        }

        String get(String path) {
            return TestNode.told(ask(Method.GET, path, ""));
        }

        String post(String path, String body) {
            return TestNode.answered(ask(Method.POST, path, body));
        }

        Response ask(Method method, String path, String body) {
            return sidecar.ask(TestRequest.of(method, "/api/v1" + path, body));
        }

        JsonObject job(String id) {
            return TestNode.json(get("/jobs/" + id));
        }

        List<JsonObject> jobs(String type) {
            return TestNode.json(get("/jobs?limit=1000")).objects("jobs").stream()
                    .filter(job -> job.string("type").equals(type))
                    .toList();
        }

        JsonObject await(String job, String state) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(job(job).string("state")).isEqualTo(state));
            return job(job);
        }

        boolean isReady() {
            return sidecar.gates.get(0).isOpen();
        }

        /** What it has of a table, file by file, but for what is kept about it. */
        Map<String, String> files(TableName table) throws IOException {
            Map<String, String> files = new TreeMap<>(tables.contents(table).orElse(Map.of()));
            files.keySet().removeIf(path -> path.startsWith("about/"));
            return files;
        }

        @Override
        public Optional<TableSnapshot> snapshot(TableName table) throws IOException {
            return tables.snapshot(table).map(taken -> new Led(taken, name));
        }

        @Override
        public NodeAddress self() {
            return new NodeAddress(name);
        }

        @Override
        public Map<NodeAddress, URI> members() {
            Map<NodeAddress, URI> urls = new TreeMap<>();
            members.forEach(member -> urls.put(new NodeAddress(member), URI.create("http://" + member + "/ops")));
            return urls;
        }

        @Override
        public List<TableName> tables() {
            return List.copyOf(SHARDS.keySet());
        }

        @Override
        public Set<Integer> shards(TableName table) {
            return SHARDS.getOrDefault(table, Set.of());
        }

        @Override
        public Optional<NodeAddress> leader(TableName table, int shard) {
            return Optional.ofNullable(leaders.get(shard)).map(NodeAddress::new);
        }

        @Override
        public Set<NodeAddress> replicas(TableName table, int shard) {
            return members().keySet();
        }
    }

    /** The shards of a snapshot that a node leads. */
    private final class Led implements TableSnapshot {

        private final TableSnapshot all;
        private final String name;

        private Led(TableSnapshot all, String name) {
            this.all = all;
            this.name = name;
        }

        @Override
        public TableDescription description() {
            return all.description();
        }

        @Override
        public List<ShardSnapshot> shards() {
            return all.shards().stream()
                    .filter(shard -> name.equals(leaders.get(shard.description().id())))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            all.close();
        }
    }

    /** Hands a request of one node to the routes of another. */
    private PeerAnswer carry(URI sidecar, String path, byte[] body) throws IOException {
        Node peer = nodes.get(sidecar.getHost());
        assertThat(sidecar.getPath()).isEqualTo("/ops");
        if (!peer.reachable) {
            throw new ConnectException("nobody listens");
        }
        Method method = body.length == 0 ? Method.GET : Method.POST;
        CompleteResponse answer =
                (CompleteResponse) peer.sidecar.ask(TestRequest.of(method, path, new String(body, UTF_8)));
        return new PeerAnswer(answer.status(), answer.body());
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes.values()) {
            node.close();
        }
    }
}
