package dev.outrigger.netty;

import dev.outrigger.http.BodyStream;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.HeaderField;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes a body that comes in pieces whole, for HTTP/1.0: it knows no chunks, and a body that ends with its connection cannot
 * be told from one that broke off.
 */
final class WholeBody {

    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private WholeBody() {}

    static LaterResponse of(StreamResponse stream, Executor lane) {
        CompletableFuture<Response> whole = new CompletableFuture<>();
        try {
            lane.execute(() -> gather(stream, whole));
        } catch (RejectedExecutionException e) {
            StreamPump.close(stream.body());
            whole.completeExceptionally(e);
        }
        return Response.later(whole, () -> whole.cancel(false));
    }

    private static void gather(StreamResponse stream, CompletableFuture<Response> whole) {
        BodyStream body = stream.body();
        try {
            whole.complete(complete(stream, body, whole));
        } catch (Throwable e) { // The host's code may be behind the body.
            whole.completeExceptionally(e);
        } finally {
            StreamPump.close(body);
        }
    }

    private static CompleteResponse complete(StreamResponse stream, BodyStream body, CompletableFuture<Response> whole)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * 1024);
        Optional<ByteBuffer> piece = body.next();
        while (piece.isPresent() && !whole.isCancelled()) {
            byte[] copy = new byte[piece.get().remaining()];
            piece.get().get(copy);
            bytes.writeBytes(copy);
            if (bytes.size() > MAX_BYTES) {
                throw new IllegalStateException("body: over " + MAX_BYTES + " bytes (expected: less, for HTTP/1.0)");
            }
            piece = body.next();
        }
        CompleteResponse response = Response.empty(stream.status()).withBody(bytes.toByteArray());
        for (HeaderField field : stream.headers()) {
            response = response.withHeader(field.name(), field.value());
        }
        return response;
    }
}
