package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Stands for a body that the reader will not get, so that it need not be made to know its length. */
final class NoBody implements BodyStream {

    @Override
    public Optional<ByteBuffer> next() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
