package dev.outrigger.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/** Asks a sidecar as a client of the JDK does. */
final class Probing {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Probing() {}

    static HttpResponse<String> get(OpsSidecar sidecar, String path, String... headers) {
        return send(sidecar, "GET", path, headers);
    }

    static HttpResponse<String> send(OpsSidecar sidecar, String method, String path, String... headers) {
        return send(sidecar, method, path, BodyPublishers.noBody(), headers);
    }

    static HttpResponse<String> sendJson(
            OpsSidecar sidecar, String method, String path, String json, String... headers) {
        String[] more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = "Content-Type";
        more[headers.length + 1] = "application/json";
        return send(sidecar, method, path, BodyPublishers.ofString(json), more);
    }

    private static HttpResponse<String> send(
            OpsSidecar sidecar, String method, String path, BodyPublisher body, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + sidecar.address().getPort() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static int code(OpsSidecar sidecar, String path) {
        return get(sidecar, path).statusCode();
    }
}
