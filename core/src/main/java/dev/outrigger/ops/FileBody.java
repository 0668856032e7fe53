package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sends a file piece by piece, and deletes it in the end. */
final class FileBody implements BodyStream {

    private static final int PIECE_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final Runnable closed;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);

    /**
     * Opens a file.
     *
     * @param closed run when the file is gone
     */
    FileBody(Path file, Runnable closed) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file);
        this.closed = closed;
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        piece.clear();
        int count = channel.read(piece);
        return count < 0 ? Optional.empty() : Optional.of(piece.flip());
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closed.run();
        }
    }
}
