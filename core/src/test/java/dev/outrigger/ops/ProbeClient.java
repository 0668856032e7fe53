package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.health.DrivenMonitor;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.health.ManualExecutor;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.RouteMatch;
import dev.outrigger.http.RouteTable;
import dev.outrigger.http.StreamResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Asks the health routes of a driven monitor, the way a transport does. */
final class ProbeClient {

    final DrivenMonitor driven;
    final ManualExecutor lane = new ManualExecutor();
    final ManualLoop loop;
    final HealthRoutes routes;
    private final RouteTable table;

    ProbeClient(HealthMonitorBuilder builder) {
        driven = new DrivenMonitor(builder);
        loop = new ManualLoop(driven.time);
        routes = HealthRoutes.of("node0", driven.monitor, lane, loop, driven.time);
        table = RouteTable.of("", routes.routes());
    }

    Response ask(FakeRequest request) {
        RouteMatch match = table.match(request.path()).orElseThrow();
        try {
            return match.routes()
                    .route(request.method() == Method.OPTIONS ? Method.GET : request.method())
                    .orElseThrow()
                    .handler()
                    .handle(request.parameters(match.parameters()));
        } catch (ProblemException problem) {
            return problem.problem().toResponse(request.requestId());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns status and body of an answer that is there, as {@code 200 text}. */
    String get(String target) {
        return told(ask(FakeRequest.get(target)));
    }

    String getAnonymously(String target) {
        return told(ask(FakeRequest.get(target).anonymous()));
    }

    int code(String target) {
        return Integer.parseInt(get(target).substring(0, 3));
    }

    /** Lets time pass, with a beat of the event loop each half second. */
    void pass(Duration duration) {
        Duration beat = Duration.ofMillis(500);
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(beat)) {
            driven.time.move(left.compareTo(beat) < 0 ? left : beat);
            loop.runDue();
            routes.tick();
        }
    }

    static String told(Response response) {
        if (response instanceof CompleteResponse complete) {
            return complete.status() + " " + new String(complete.body(), UTF_8);
        }
        if (response instanceof StreamResponse stream) {
            return stream.status() + " " + new String(read(stream), UTF_8);
        }
        return ((LaterResponse) response)
                .stage()
                .thenApply(ProbeClient::told)
                .toCompletableFuture()
                .getNow("not yet");
    }

    static Optional<String> header(Response response, String name) {
        return ((CompleteResponse) response)
                .headers().stream()
                        .filter(field -> field.name().equals(name))
                        .map(field -> field.value())
                        .findFirst();
    }

    private static byte[] read(StreamResponse stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var body = stream.body()) {
            for (Optional<ByteBuffer> piece = body.next(); piece.isPresent(); piece = body.next()) {
                byte[] copy = new byte[piece.get().remaining()];
                piece.get().get(copy);
                bytes.writeBytes(copy);
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return bytes.toByteArray();
    }
}
