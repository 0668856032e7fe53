package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Counts, hashes and checks an archive's bytes on their way in, and remembers when they could not be read, so that a network's fault is
 * not taken for the archive's. Not thread-safe.
 */
final class CompressedInput extends InputStream {

    private final InputStream in;
    private final long mostBytes;
    private final MessageDigest sha256 = Digests.sha256();
    private final ZstdFrames frames = new ZstdFrames();

    private long bytes;
    private @Nullable Exception failure;

    CompressedInput(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int got = readSource(buffer, offset, length);
        if (got > 0) {
            bytes += got;
            if (bytes > mostBytes) {
                throw new CorruptArchiveException("archive: more bytes (expected: " + mostBytes + ")");
            }
            sha256.update(buffer, offset, got);
            frames.accept(buffer, offset, got);
        } else if (got < 0) {
            frames.end();
        }
        return got;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private int readSource(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Throws what was thrown when the bytes could not be read, if that is so. */
    void rethrowFailure() throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
    }

    long bytes() {
        return bytes;
    }

    /** Ends the hash. Called once. */
    String sha256() {
        return Digests.hex(sha256);
    }
}
