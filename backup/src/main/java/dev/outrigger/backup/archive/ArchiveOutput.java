package dev.outrigger.backup.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A tar in zstd that is being written.
 *
 * <pre>
 *   headers, files ─► raw: count, hash of the content ─► framed ─► zstd ─► compressed: count, hash ─► out
 * </pre>
 *
 * <p>Workers of zstd's own have their ways of cutting the work into pieces, and get one frame.
 *
 * <p>Not thread-safe. Holds native memory until it is closed.
 */
final class ArchiveOutput implements AutoCloseable {

    /** What a worker takes at once. Several are held in memory for each; zstd's own choice is four times as much, for little gain. */
    private static final int JOB_BYTES = 2 << 20;

    private final CompressedOutput compressed;
    private final ZstdOutputStreamNoFinalizer zstd;
    private final RawOutput raw;
    private final TarLayout layout = new TarLayout();

    ArchiveOutput(OutputStream out, Compression compression) throws IOException {
        compressed = new CompressedOutput(out);
        zstd = new ZstdOutputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE);
        try {
            zstd.setLevel(compression.level()).setChecksum(true);
            raw = new RawOutput(
                    compression.workers() == 0
                            ? new FramedOutput(zstd, compression.windowLog())
                            : zstd.setWorkers(compression.workers()).setJobSize(JOB_BYTES));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Writes the first entry, which is not part of the content. */
    void writeHeader(byte[] document) throws IOException {
        writeOwn(HeaderDocument.ENTRY, document);
        raw.beginContent();
    }

    /** Writes the last entry. */
    void writeChecksums(byte[] document) throws IOException {
        writeOwn(Checksums.ENTRY, document);
    }

    private void writeOwn(String name, byte[] document) throws IOException {
        begin(name, document.length);
        write(document, document.length);
        end(document.length);
    }

    /** Begins a file, whose content follows in exactly as many bytes. */
    void begin(String name, long bytes) throws IOException {
        raw.write(layout.header(name, bytes));
    }

    void write(byte[] buffer, int length) throws IOException {
        raw.write(buffer, 0, length);
    }

    /** Ends a file, of which so many bytes were written. */
    void end(long bytes) throws IOException {
        raw.write(TarLayout.padding(bytes));
    }

    /** Ends the archive. */
    ArchiveSummary finish(long entries) throws IOException {
        raw.write(TarLayout.end());
        raw.drain();
        zstd.closeWithoutClosingParentStream();
        compressed.flush();
        return new ArchiveSummary(compressed.bytes(), compressed.sha256(), raw.bytes(), entries, raw.contentSha256());
    }

    /** Lets go of the native memory. What was not finished gets no end. */
    @Override
    public void close() throws IOException {
        compressed.abandon();
        zstd.closeWithoutClosingParentStream();
    }
}
