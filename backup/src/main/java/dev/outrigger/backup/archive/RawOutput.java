package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Gathers the small parts of a tar into pieces that are worth a call into the compressor, and counts and hashes them. Large ones pass
 * uncopied. Not thread-safe.
 */
final class RawOutput extends OutputStream {

    private final OutputStream out;
    private final MessageDigest contentSha256 = Digests.sha256();
    private final byte[] buffer = new byte[128 << 10];

    private int buffered;
    private long bytes;
    private boolean inContent;

    RawOutput(OutputStream out) {
        this.out = out;
    }

    /** What comes from here on is content, and hashed. */
    void beginContent() throws IOException {
        drain();
        inContent = true;
    }

    @Override
    public void write(byte[] block, int offset, int length) throws IOException {
        if (length > buffer.length - buffered) {
            drain();
        }
        if (length >= buffer.length) {
            handOn(block, offset, length);
        } else {
            System.arraycopy(block, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Hands on what is gathered. The compressor is not flushed, which would cost compression. */
    void drain() throws IOException {
        handOn(buffer, 0, buffered);
        buffered = 0;
    }

    private void handOn(byte[] piece, int offset, int length) throws IOException {
        if (inContent) {
            contentSha256.update(piece, offset, length);
        }
        out.write(piece, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Ends the hash. Called once. */
    String contentSha256() {
        return Digests.hex(contentSha256);
    }
}
