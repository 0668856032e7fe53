package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses a body as it is made (RFC 1952), in pieces of its own: however well it compresses, a piece is full before it
 * goes out.
 *
 * <p>At the fastest level: an exposition of 100,000 lines shrinks to a seventh with it, and the usual level takes more than
 * three times as long for a tenth less. For one thread at a time.
 */
final class GzipBody implements BodyStream {

    private static final int PIECE_BYTES = 32 * 1024;
    private static final int TRAILER_BYTES = 8;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final BodyStream plain;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer piece =
            ByteBuffer.allocate(PIECE_BYTES + TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private boolean headerWritten;
    private boolean trailerWritten;

    GzipBody(BodyStream plain) {
        this.plain = plain;
    }

    @Override
    public Optional<ByteBuffer> next() throws Exception {
        if (trailerWritten) {
            return Optional.empty();
        }
        piece.clear().limit(PIECE_BYTES);
        if (!headerWritten) {
            piece.put(HEADER);
            headerWritten = true;
        }
        while (piece.hasRemaining() && !deflater.finished()) {
            if (deflater.needsInput()) {
                feed();
            }
            deflater.deflate(piece, Deflater.NO_FLUSH);
        }
        if (deflater.finished()) {
            piece.limit(piece.capacity());
            piece.putInt((int) checksum.getValue()).putInt((int) deflater.getBytesRead());
            trailerWritten = true;
        }
        return Optional.of(piece.flip());
    }

    /** Hands over the next plain piece, which stays valid until it is used up, since only then another is asked for. */
    private void feed() throws Exception {
        Optional<ByteBuffer> next = plain.next();
        if (next.isEmpty()) {
            deflater.finish();
        } else {
            checksum.update(next.get().duplicate());
            deflater.setInput(next.get());
        }
    }

    @Override
    public void close() {
        deflater.end();
        plain.close();
    }
}
