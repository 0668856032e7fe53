package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Gives out a tar as it comes from the decompressor, in pieces of any size, and counts and hashes what it gives. More than was expected
 * is not given out. Not thread-safe.
 */
final class RawInput extends InputStream {

    private final InputStream in;
    private final long mostBytes;
    private final MessageDigest contentSha256 = Digests.sha256();
    private final byte[] buffer = new byte[64 << 10];

    private int next;
    private int end;
    private long bytes;
    private long contentBegins = Long.MAX_VALUE;

    RawInput(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /** What comes from the next block on is content, and hashed. */
    void beginContent() {
        long blocks = (bytes + TarHeader.BYTES - 1) / TarHeader.BYTES;
        contentBegins = blocks * TarHeader.BYTES;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got;
        if (next == end && length >= buffer.length) {
            got = in.read(target, offset, length);
        } else {
            got = readBuffered(target, offset, length);
        }
        if (got > 0) {
            bytes += got;
            if (bytes > mostBytes) {
                throw new CorruptArchiveException("archive: more raw bytes (expected: " + mostBytes + ")");
            }
            hash(target, offset, got);
        }
        return got;
    }

    private void hash(byte[] target, int offset, int length) {
        long before = Math.max(0, contentBegins - (bytes - length));
        if (before < length) {
            contentSha256.update(target, offset + (int) before, length - (int) before);
        }
    }

    private int readBuffered(byte[] target, int offset, int length) throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
            if (end == 0) {
                return -1;
            }
        }
        int got = Math.min(length, end - next);
        System.arraycopy(buffer, next, target, offset, got);
        next += got;
        return got;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** How much has been given out. */
    long bytes() {
        return bytes;
    }

    /** Ends the hash. Called once. */
    String contentSha256() {
        return Digests.hex(contentSha256);
    }
}
