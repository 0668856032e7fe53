package dev.outrigger.example.raft.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Engines on loopback, in this process. */
final class TestCluster implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final UnaryOperator<EngineSettings.Builder> tuning;
    private final List<MemberAddress> founders;
    private final Map<String, Engine> engines = new LinkedHashMap<>();

    private TestCluster(Path directory, UnaryOperator<EngineSettings.Builder> tuning, List<MemberAddress> founders) {
        this.directory = directory;
        this.tuning = tuning;
        this.founders = founders;
    }

    /** Starts three nodes with two shards and waits until each group has a leader that all know. */
    static TestCluster ofThree(Path directory) {
        return ofThree(directory, builder -> builder);
    }

    static TestCluster ofThree(Path directory, UnaryOperator<EngineSettings.Builder> tuning) {
        TestCluster cluster = new TestCluster(directory, tuning, List.of(address("n1"), address("n2"), address("n3")));
        cluster.founders.forEach(member -> cluster.start(member.id()));
        cluster.awaitLeaders();
        return cluster;
    }

    /** Starts a node, or starts it again. */
    Engine start(String id) {
        MemberAddress self = founders.stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow();
        return start(self, false);
    }

    /** Starts a node that joins. */
    Engine join(MemberAddress self) {
        return start(self, true);
    }

    void stop(String id) {
        engines.remove(id).close();
    }

    Engine node(String id) {
        return engines.get(id);
    }

    List<Engine> nodes() {
        return List.copyOf(engines.values());
    }

    Path directoryOf(String id) {
        return directory.resolve(id);
    }

    MemberAddress founder(String id) {
        return founders.stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until all nodes that run know of one leader for each group. */
    void awaitLeaders() {
        await().atMost(PATIENCE)
                .until(() -> nodes().stream()
                        .flatMap(engine -> engine.divisions().stream())
                        .allMatch(division ->
                                division.leader().filter(engines::containsKey).isPresent()));
    }

    /** Returns the node that leads a group. */
    Engine leaderOf(GroupName group) {
        awaitLeaders();
        return engines.get(view(nodes().get(0), group).leader().orElseThrow());
    }

    /** Returns a node that does not lead a group. */
    Engine followerOf(GroupName group) {
        Engine leader = leaderOf(group);
        return nodes().stream().filter(engine -> engine != leader).findFirst().orElseThrow();
    }

    static DivisionView view(Engine engine, GroupName group) {
        return engine.divisions().stream()
                .filter(division -> division.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    static MemberAddress address(String id) {
        List<Integer> ports = freePorts();
        return new MemberAddress(id, "127.0.0.1", ports.get(0), ports.get(1), ports.get(2));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Override
    public void close() {
        nodes().forEach(Engine::close);
    }

    private Engine start(MemberAddress self, boolean joining) {
        EngineSettings.Builder builder = EngineSettings.builder(self, founders, directoryOf(self.id()))
                .shards(2)
                .joining(joining);
        Engine engine = new Engine(tuning.apply(builder).build());
        engines.put(self.id(), engine);
        try {
            engine.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return engine;
    }

    private static List<Integer> freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
