package dev.outrigger.example.kv;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole node in a JVM of its own, as a user runs it, on ports that were free. */
final class NodeProcess implements AutoCloseable {

    private static final Pattern RESP = Pattern.compile("RESP +127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern OPS = Pattern.compile("sidecar +http://127\\.0\\.0\\.1:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Running java;

    private NodeProcess(Running java) {
        this.java = java;
    }

    /** Starts a node that keeps its data in a directory, and waits until it serves and is ready. */
    static NodeProcess start(Path directory, String... options) {
        NodeProcess node = launch(directory, List.of(), List.of(options));
        node.awaitService();
        try {
            await("readiness").atMost(PATIENCE).until(() -> node.get("/ready").statusCode() == 200);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw new IllegalStateException(node.log(), e);
        }
    }

    /**
     * Starts a node, and does not wait for it.
     *
     * @param machine options of the virtual machine, beyond those that every node gets
     */
    static NodeProcess launch(Path directory, List<String> machine, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + directory,
                "-Dlogback.configurationFile=logback.xml"));
        command.addAll(machine);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KvNode.class.getName(),
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data")));
        command.addAll(options);
        return new NodeProcess(Running.start(directory, "node", command));
    }

    /** Waits until the node says where it serves. */
    void awaitService() {
        try {
            await("the node")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> hasServed() || !isAlive());
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException(log(), e);
        }
    }

    /** A port of loopback that nobody uses at this moment, for programs that cannot choose one themselves. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether somebody takes connections there. */
    static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells whether the node has said where it serves. */
    boolean hasServed() {
        return OPS.matcher(log()).find();
    }

    int respPort() {
        return port(RESP);
    }

    int opsPort() {
        return port(OPS);
    }

    private int port(Pattern where) {
        Matcher found = where.matcher(log());
        if (!found.find()) {
            throw new IllegalStateException("the node does not say where it listens:\n" + log());
        }
        return Integer.parseInt(found.group(1));
    }

    String log() {
        return java.output();
    }

    boolean isAlive() {
        return java.isAlive();
    }

    /** Asks the sidecar. */
    HttpResponse<String> get(String path, String... headers) {
        return get(opsPort(), path, headers);
    }

    /** Asks whoever listens on a port of loopback. */
    static HttpResponse<String> get(int port, String path, String... headers) {
        try {
            return HTTP.send(request(port, path, headers), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks whoever listens on a port of loopback, without waiting for the answer. */
    static CompletableFuture<HttpResponse<String>> getLater(int port, String path, String... headers) {
        return HTTP.sendAsync(request(port, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks the sidecar to do something, without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        return sendLater("POST", path, HttpRequest.BodyPublishers.ofString(json));
    }

    /** Asks the sidecar to remove something, without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> deleteLater(String path) {
        return sendLater("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Asks the sidecar to do something. */
    HttpResponse<String> post(String path, String json) {
        return postLater(path, json).join();
    }

    private CompletableFuture<HttpResponse<String>> sendLater(
            String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opsPort() + path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    /** Tells the node to stop, and returns at once. */
    void stop() {
        java.terminate();
    }

    /** Kills the node some time from now: it is not told, and nothing of it runs any more when this returns. */
    void killAfter(Duration time) {
        java.killAfter(time);
    }

    /** Waits until it has. */
    int awaitEnd() {
        return java.awaitEnd();
    }

    @Override
    public void close() {
        java.close();
    }
}
