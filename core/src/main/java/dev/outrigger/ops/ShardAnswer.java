package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A health answer that lacks nothing but its shards. Immutable.
 *
 * @param code as it is with or without the shards
 */
record ShardAnswer(int code, HealthDocument document, ShardPage page, HealthHeaders headers) {

    /** What is not longer is sent whole, with its length. */
    private static final int WHOLE_BYTES = 64 << 10;

    /** Completes the answer. On the event loop. */
    Response with(ShardArray array) {
        BodyStream body = page.isAll()
                ? new WholeShards(document.head(), array, document.tail())
                : new PagedShards(document.head(), array, page, document.tail());
        boolean isShort = array.length() <= WHOLE_BYTES || page.limit() <= WHOLE_BYTES / 256;
        return isShort ? whole(body) : headers.on(Response.stream(code, Response.JSON, body));
    }

    /** Completes the answer where the shards cannot be had. */
    CompleteResponse without(String warning) {
        return headers.on(Response.json(code, document.withUnknownShards(warning)));
    }

    private CompleteResponse whole(BodyStream body) {
        try (body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Optional<ByteBuffer> piece = body.next(); piece.isPresent(); piece = body.next()) {
                ByteBuffer buffer = piece.get();
                bytes.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            }
            return headers.on(Response.json(code, bytes.toByteArray()));
        } catch (Exception impossible) {
            throw new IllegalStateException("shards in memory cannot fail to be read", impossible);
        }
    }
}
