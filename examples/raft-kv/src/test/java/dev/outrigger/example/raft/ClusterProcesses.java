package dev.outrigger.example.raft;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cluster whose nodes are processes of their own, on ports that were free, and that can be killed one by one. */
final class ClusterProcesses implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int PORTS_EACH = 3;

    private final Path directory;
    private final List<String> options;
    private final Map<String, List<Integer>> ports = new HashMap<>(); // Raft, RESP, sidecar
    private final Map<String, Running> nodes = new HashMap<>();
    private final Optional<Links> links;
    private int starts;

    /** Prepares nodes of these names. None is started yet. */
    ClusterProcesses(Path directory, List<String> names, List<String> options) {
        this(directory, names, options, false);
    }

    private ClusterProcesses(Path directory, List<String> names, List<String> options, boolean linked) {
        this.directory = directory;
        this.options = List.copyOf(options);
        List<Integer> free = FreePorts.take(names.size() * PORTS_EACH);
        for (int i = 0; i < names.size(); i++) {
            ports.put(names.get(i), free.subList(i * PORTS_EACH, (i + 1) * PORTS_EACH));
        }
        this.links = linked ? Optional.of(new Links(directory, ports)) : Optional.empty();
    }

    /** Starts n1, n2 and n3, and waits until all of them are ready. */
    static ClusterProcesses ofThree(Path directory, String... options) {
        return new ClusterProcesses(directory, List.of("n1", "n2", "n3"), List.of(options)).startAll();
    }

    /** Starts three that reach each other by links that can be cut, and waits until all of them are ready. */
    static ClusterProcesses ofThreeLinked(Path directory) {
        return new ClusterProcesses(directory, List.of("n1", "n2", "n3"), List.of(), true).startAll();
    }

    private ClusterProcesses startAll() {
        try {
            names().forEach(this::start);
            awaitReady();
            return this;
        } catch (RuntimeException e) {
            tell();
            IllegalStateException told = new IllegalStateException(readiness(), e);
            close();
            throw told;
        }
    }

    /** Says in one line why which node is not ready. */
    private String readiness() {
        return names().stream()
                .map(name -> name + (nodes.get(name).isAlive() ? " " + ask(name, "/ready") : " has ended"))
                .collect(Collectors.joining("; "));
    }

    /** Says what the nodes have said, and say now of themselves, for whoever has to find out what went wrong. */
    void tell() {
        names().forEach(this::tell);
    }

    private void tell(String name) {
        System.out.println(name + " said:\n" + log(name));
        for (String path : List.of("/ready", "/health", "/cluster/members", "/cluster/shards?type=kv")) {
            System.out.println(path + ": " + ask(name, path));
        }
    }

    private String ask(String name, String path) {
        try {
            return Http.get(ops(name), path).body();
        } catch (UncheckedIOException e) {
            return e.toString();
        }
    }

    /** Returns what is between the nodes, where that can be cut. */
    Links links() {
        return links.orElseThrow();
    }

    List<String> names() {
        return ports.keySet().stream().sorted().toList();
    }

    /** Returns the option that tells of all nodes. */
    String layout() {
        return "--cluster="
                + names().stream()
                        .map(name -> name + "=" + host(name) + ":"
                                + ports.get(name).stream().map(String::valueOf).collect(Collectors.joining(":")))
                        .collect(Collectors.joining(","));
    }

    private String host(String name) {
        return links.isPresent() ? Links.host(name) : "127.0.0.1";
    }

    /** Starts a node, and does not wait for it. */
    void start(String name, String... more) {
        List<String> command = command(directory);
        links.ifPresent(between -> command.add(1, "-Djdk.net.hosts.file=" + between.hostsOf(name)));
        command.addAll(List.of(layout(), "--node=" + name, "--data=" + directory.resolve("data")));
        command.addAll(options);
        command.addAll(List.of(more));
        starts++;
        nodes.put(name, Running.start(directory, name + "-" + starts, command));
    }

    /** Starts a node that was not there before, which asks the others to let it in. */
    void join(String name) {
        ports.put(name, FreePorts.take(PORTS_EACH));
        start(name, "--join");
    }

    /** Returns the command that runs raft-kv, without its options. */
    static List<String> command(Path directory) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                RaftKv.class.getName()));
    }

    /** Waits until every node that runs is ready. */
    void awaitReady() {
        nodes.keySet().forEach(this::awaitReady);
    }

    void awaitReady(String name) {
        await(name)
                .atMost(PATIENCE)
                .conditionEvaluationListener(condition -> {
                    if (!nodes.get(name).isAlive()) {
                        throw new IllegalStateException(log(name));
                    }
                })
                .until(() -> Http.status(ops(name), "/ready") == 200);
    }

    int resp(String name) {
        return ports.get(name).get(1);
    }

    int ops(String name) {
        return ports.get(name).get(2);
    }

    Path data(String name) {
        return directory.resolve("data").resolve(name);
    }

    String log(String name) {
        return nodes.get(name).output();
    }

    /** Kills a node as a crash would. */
    void kill(String name) {
        nodes.get(name).kill();
    }

    /** Tells a node to stop, and waits for its end. */
    int stop(String name) {
        nodes.get(name).terminate();
        return nodes.get(name).awaitEnd();
    }

    /** Returns the member that leads the metadata, as a node sees it; empty where it knows of none. */
    String leader(String askedNode) {
        String body = Http.get(ops(askedNode), "/cluster/leader").body();
        return body.contains("\"leader\":null") ? "" : body.replaceAll(".*\"leader\":\"([^\"]+)\".*", "$1");
    }

    /** Returns the member that leads a shard, as the first node sees it, once somebody does. */
    String leaderOf(int shard) {
        Pattern leads = Pattern.compile("\"address\":\"([^\"]+)\",\"shards\":\\[(?:\\d+,)*" + shard + "[,\\]]");
        return await("a leader of shard " + shard)
                .atMost(PATIENCE)
                .until(
                        () -> leads.matcher(Http.get(ops(names().get(0)), "/cluster/shards?type=kv")
                                        .body())
                                .results()
                                .map(found -> found.group(1))
                                .findFirst()
                                .orElse(""),
                        leader -> !leader.isEmpty());
    }

    @Override
    public void close() {
        nodes.values().forEach(Running::close);
        links.ifPresent(Links::close);
    }
}
