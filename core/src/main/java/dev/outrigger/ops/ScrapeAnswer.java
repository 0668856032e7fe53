package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.metrics.Collected;
import dev.outrigger.metrics.Exposition;
import dev.outrigger.metrics.ExpositionFormat;
import dev.outrigger.metrics.NameFilter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The form in which one scraper wants its answer.
 *
 * @param format what it reads
 * @param gzip whether it takes a compressed body
 * @param filter which metrics it asked for
 */
record ScrapeAnswer(ExpositionFormat format, boolean gzip, NameFilter filter) {

    /** Below this, compression saves no packet. */
    private static final int MIN_GZIP_BYTES = 1024;

    private static final int OK = 200;
    private static final String VARY = "Accept, Accept-Encoding";

    static ScrapeAnswer to(Request request) {
        return new ScrapeAnswer(
                ScrapeNegotiation.format(String.join(",", request.headers("Accept"))),
                ScrapeNegotiation.takesGzip(String.join(",", request.headers("Accept-Encoding"))),
                NameFilter.of(request.query().all("name[]")));
    }

    /** Answers HEAD without asking any source: what a GET would be, but for its length. */
    Response head() {
        return stream(new NoBody(), false);
    }

    /** Renders as far as the first piece: if that is all, the answer is whole, with its length. */
    Response render(Collected collected) throws Exception {
        Exposition exposition = collected.render(format, filter);
        Optional<ByteBuffer> first = exposition.next();
        boolean compressed = gzip && (!exposition.isEnded() || size(first) >= MIN_GZIP_BYTES);
        BodyStream plain = new ExpositionBody(exposition, first);
        BodyStream body = compressed ? new GzipBody(plain) : plain;
        return exposition.isEnded() ? whole(body, compressed) : stream(body, compressed);
    }

    private static int size(Optional<ByteBuffer> piece) {
        return piece.map(ByteBuffer::remaining).orElse(0);
    }

    private Response stream(BodyStream body, boolean compressed) {
        StreamResponse response =
                Response.stream(OK, format.contentType(), body).withHeader("Vary", VARY);
        return compressed ? response.withHeader("Content-Encoding", "gzip") : response;
    }

    private Response whole(BodyStream body, boolean compressed) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (body) {
            for (Optional<ByteBuffer> piece = body.next(); piece.isPresent(); piece = body.next()) {
                bytes.write(
                        piece.get().array(),
                        piece.get().arrayOffset() + piece.get().position(),
                        piece.get().remaining());
            }
        }
        CompleteResponse response =
                Response.of(OK, format.contentType(), bytes.toByteArray()).withHeader("Vary", VARY);
        return compressed ? response.withHeader("Content-Encoding", "gzip") : response;
    }

    /** The body of an answer to HEAD, which has none, and whose length nobody knows without collecting. */
    private static final class NoBody implements BodyStream {

        @Override
        public Optional<ByteBuffer> next() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
