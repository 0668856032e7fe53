package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and hashes an archive's bytes on their way out. Not thread-safe. */
final class CompressedOutput extends OutputStream {

    private final OutputStream out;
    private final MessageDigest sha256 = Digests.sha256();

    private long bytes;
    private boolean abandoned;

    CompressedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        if (!abandoned) {
            sha256.update(buffer, offset, length);
            bytes += length;
            out.write(buffer, offset, length);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        if (!abandoned) {
            out.flush();
        }
    }

    /** Lets nothing more out. A compressor that is closed still has something to say, which nobody wants after a failure. */
    void abandon() {
        abandoned = true;
    }

    long bytes() {
        return bytes;
    }

    /** Ends the hash. Called once. */
    String sha256() {
        return Digests.hex(sha256);
    }
}
