package dev.outrigger.backup.archive;

import dev.outrigger.backup.spi.ShardFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * Reads files of a snapshot from beginning to end, a piece at a time.
 *
 * <p>Not thread-safe: all files go through one buffer.
 */
final class FileReading {

    /** Small enough for a core's cache, so that hash and compressor find a piece where the read has left it. */
    private static final int PIECE_BYTES = 64 << 10;

    private final Pacing pacing;
    private final Courtesy courtesy = new Courtesy();
    private final byte[] buffer = new byte[PIECE_BYTES + 1];

    FileReading(Pacing pacing) {
        this.pacing = pacing;
    }

    /** Takes the pieces of a file. */
    @FunctionalInterface
    interface Pieces {

        /** Takes the first so many bytes of a buffer, which is used again. */
        void take(byte[] buffer, int length) throws IOException;
    }

    /**
     * Reads a file. That it is longer than it says is noticed where a read returns all that there is, as files' reads do: one that would
     * return nothing else costs as much as opening the file.
     *
     * @return the CRC32C of its content
     * @throws ChangedFileException if it is not as long as it says
     */
    int read(ShardFile file, Pieces pieces) throws IOException, InterruptedException {
        CRC32C crc = new CRC32C();
        try (InputStream in = file.opener().open()) {
            long left = file.bytes();
            do {
                int piece = (int) Math.min(PIECE_BYTES, left);
                pacing.before(piece);
                int got = fill(in, piece, left > PIECE_BYTES ? piece : piece + 1);
                if (got < piece) {
                    throw new ChangedFileException(file.path(), "is shorter than " + file.bytes() + " bytes");
                }
                left -= got;
                if (left < 0) {
                    throw new ChangedFileException(file.path(), "is longer than " + file.bytes() + " bytes");
                }
                crc.update(buffer, 0, got);
                pieces.take(buffer, got);
                courtesy.moved(got);
            } while (left > 0);
        }
        return (int) crc.getValue();
    }

    /** Reads until the buffer holds enough or nothing is left; what a read returns beyond that is kept. */
    private int fill(InputStream in, int enough, int most) throws IOException {
        int filled = 0;
        do {
            int got = in.read(buffer, filled, most - filled);
            if (got < 0) {
                return filled;
            }
            filled += got;
        } while (filled < enough);
        return filled;
    }
}
