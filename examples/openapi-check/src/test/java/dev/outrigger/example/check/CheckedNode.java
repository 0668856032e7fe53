package dev.outrigger.example.check;

import dev.outrigger.example.kv.Node;
import dev.outrigger.example.kv.Options;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A kv-node with everything switched on, and a client that may do everything. */
final class CheckedNode implements AutoCloseable {

    static final String READER = "Bearer read-me";
    static final String WRITER = "Bearer write-me";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Node node;
    private final String address;

    CheckedNode(Path directory) throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "reader read read-me\noperator write write-me\n");
        Path password = Files.writeString(directory.resolve("password"), "password");
        node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--keystore-password-file=" + password,
                "--token-file=" + tokens));
        address = "http://127.0.0.1:" + node.start().ops().getPort();
    }

    HttpResponse<String> get(String target) throws Exception {
        return send("GET", target, Map.of("Authorization", WRITER), "");
    }

    HttpResponse<String> send(String method, String target, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** All operations that the live route table has, as {@code GET /ready}. */
    List<String> registered() throws Exception {
        return Documents.json(get("/router/registry").body())
                .path("routes")
                .valueStream()
                .filter(route -> route.path("enabled").booleanValue())
                .map(route -> route.path("method").stringValue() + " "
                        + route.path("path").stringValue())
                .toList();
    }

    @Override
    public void close() {
        node.close();
    }
}
