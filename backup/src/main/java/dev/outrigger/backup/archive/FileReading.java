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
    private final byte[] buffer = new byte[PIECE_BYTES];

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
     * Reads a file.
     *
     * @return the CRC32C of its content
     * @throws ChangedFileException if it is not as long as it says
     */
    long read(ShardFile file, Pieces pieces) throws IOException, InterruptedException {
        CRC32C crc = new CRC32C();
        try (InputStream in = file.opener().open()) {
            for (long left = file.bytes(); left > 0; ) {
                int wanted = (int) Math.min(buffer.length, left);
                pacing.before(wanted);
                int got = in.readNBytes(buffer, 0, wanted);
                if (got < wanted) {
                    throw new ChangedFileException(file.path(), "is shorter than " + file.bytes() + " bytes");
                }
                crc.update(buffer, 0, got);
                pieces.take(buffer, got);
                left -= got;
            }
            if (in.read() >= 0) {
                throw new ChangedFileException(file.path(), "is longer than " + file.bytes() + " bytes");
            }
        }
        return crc.getValue();
    }
}
