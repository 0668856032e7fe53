package dev.outrigger.backup.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Has what goes into an archive compressed in frames no longer than their window.
 *
 * <p>In such a frame all that came before lies in one piece of memory. In a longer one zstd goes round in its window, has to look for
 * what repeats in two pieces from then on, and takes up to half as much time again. A frame begins with nothing to refer to, which makes
 * an archive about 1 % larger.
 *
 * <p>Not thread-safe.
 */
final class FramedOutput extends OutputStream {

    private final ZstdOutputStreamNoFinalizer zstd;
    private final int frameBytes;

    private int written;

    /**
     * Prepares for frames; the compressor stays its owner's to close, which ends the last one.
     *
     * @param windowLog how many bytes a frame and its window have, as a power of two
     */
    FramedOutput(ZstdOutputStreamNoFinalizer zstd, int windowLog) throws IOException {
        this.zstd = zstd.setWindowLog(windowLog).setCloseFrameOnFlush(true);
        this.frameBytes = 1 << windowLog;
    }

    @Override
    public void write(byte[] piece, int offset, int length) throws IOException {
        if (length > frameBytes - written) {
            zstd.flush();
            written = 0;
        }
        zstd.write(piece, offset, length);
        written = Math.min(frameBytes, written + length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }
}
