package dev.outrigger.backup.restore;

import dev.outrigger.backup.job.StoreFailedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream out of the store whose failures can be told from those of the files that are written meanwhile. */
final class MarkedSource extends FilterInputStream {

    MarkedSource(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }
}
