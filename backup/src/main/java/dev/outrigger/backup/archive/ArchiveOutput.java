package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar in zstd that is being written.
 *
 * <pre>
 *   entries ─► tar ─► raw: count, hash of the content ─► zstd ─► compressed: count, hash ─► out
 * </pre>
 *
 * <p>Not thread-safe. Holds native memory until it is closed.
 */
final class ArchiveOutput implements AutoCloseable {

    private static final int BLOCK_BYTES = 512;
    private static final int OWNER_ONLY = 0600;

    private final CompressedOutput compressed;
    private final ZstdOutputStreamNoFinalizer zstd;
    private final RawOutput raw;
    private final TarArchiveOutputStream tar;

    ArchiveOutput(OutputStream out, Compression compression) throws IOException {
        compressed = new CompressedOutput(out);
        zstd = new ZstdOutputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE);
        raw = new RawOutput(zstd);
        tar = new TarArchiveOutputStream(raw, BLOCK_BYTES, UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        try {
            zstd.setLevel(compression.level()).setWorkers(compression.workers()).setChecksum(true);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Writes the first entry, which is not part of the content. */
    void writeHeader(byte[] document) throws IOException {
        begin(HeaderDocument.ENTRY, document.length);
        write(document, document.length);
        end();
        raw.beginContent();
    }

    /** Begins a file, whose content follows in as many bytes. */
    void begin(String name, long bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        entry.setMode(OWNER_ONLY);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        tar.putArchiveEntry(entry);
    }

    void write(byte[] buffer, int length) throws IOException {
        tar.write(buffer, 0, length);
    }

    void end() throws IOException {
        tar.closeArchiveEntry();
    }

    /** Ends the archive. */
    ArchiveSummary finish(long entries) throws IOException {
        tar.finish();
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
