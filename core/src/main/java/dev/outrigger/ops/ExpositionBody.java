package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import dev.outrigger.metrics.Exposition;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An exposition as the body of an answer, of which the first piece may have been made to see whether it is the last. */
final class ExpositionBody implements BodyStream {

    private final Exposition exposition;
    private Optional<ByteBuffer> made;

    ExpositionBody(Exposition exposition, Optional<ByteBuffer> firstPiece) {
        this.exposition = exposition;
        this.made = firstPiece;
    }

    @Override
    public Optional<ByteBuffer> next() {
        Optional<ByteBuffer> piece = made;
        made = Optional.empty();
        return piece.isPresent() ? piece : exposition.next();
    }

    @Override
    public void close() {
        // An exposition holds nothing but memory.
    }
}
