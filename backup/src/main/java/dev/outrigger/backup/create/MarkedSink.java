package dev.outrigger.backup.create;

import dev.outrigger.backup.job.StoreFailedException;
import java.io.IOException;
import java.io.OutputStream;

/** A stream into the store whose failures can be told from those of the files that are read meanwhile. */
final class MarkedSink extends OutputStream {

    private final OutputStream out;

    MarkedSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }
}
