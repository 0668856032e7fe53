package dev.outrigger.backup.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A tar in zstd that is being read.
 *
 * <pre>
 *   in ─► compressed: count, hash, frames ─► zstd ─► raw: count, hash of the content ─► tar: headers, files
 * </pre>
 *
 * <p>What goes wrong in between is the archive's fault and a {@link CorruptArchiveException}, unless the stream itself had failed. Not
 * thread-safe. Holds native memory until it is closed.
 */
final class ArchiveInput implements AutoCloseable {

    private final ArchiveSummary expected;
    private final CompressedInput compressed;
    private final ZstdInputStreamNoFinalizer zstd;
    private final RawInput raw;
    private final TarEntries entries;

    ArchiveInput(InputStream in, ArchiveSummary expected) throws IOException {
        this.expected = expected;
        compressed = new CompressedInput(in, expected.bytes());
        zstd = new ZstdInputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE);
        raw = new RawInput(zstd, expected.rawBytes());
        entries = new TarEntries(raw);
    }

    /** Goes on to the next entry, when the content of the one before has been read; empty at the end of the tar. */
    Optional<TarEntry> next() throws IOException {
        return blamed(() -> Optional.ofNullable(entries.next()));
    }

    /** Reads a piece of an entry's content, and fills the part of the buffer. */
    void readFully(byte[] buffer, int length) throws IOException {
        int got = blamed(() -> raw.readNBytes(buffer, 0, length));
        if (got < length) {
            throw new CorruptArchiveException("tar: cut short within an entry (expected: as many bytes as it says)");
        }
    }

    /** The first entry has been read, and what follows is content. */
    void beginContent() {
        raw.beginContent();
    }

    /** Reads a piece of what stands behind the last entry, which must be nothing, up to the end; tells whether there was one. */
    boolean readTail(byte[] buffer) throws IOException {
        int got = blamed(() -> raw.read(buffer, 0, buffer.length));
        for (int i = 0; i < got; i++) {
            if (buffer[i] != 0) {
                throw new CorruptArchiveException("tar: something follows its end (expected: nothing)");
            }
        }
        return got > 0;
    }

    /** How much of the tar has been read. */
    long rawBytes() {
        return raw.bytes();
    }

    /** Holds what was read, to its end, against what was expected. */
    void verify() throws CorruptArchiveException {
        require("archive bytes", compressed.bytes(), expected.bytes());
        require("archive raw bytes", raw.bytes(), expected.rawBytes());
        require("archive sha256", compressed.sha256(), expected.sha256());
        require("archive content_sha256", raw.contentSha256(), expected.contentSha256());
    }

    private static void require(String what, Object found, Object expected) throws CorruptArchiveException {
        if (!found.equals(expected)) {
            throw new CorruptArchiveException(what + ": " + found + " (expected: " + expected + ")");
        }
    }

    private <T> T blamed(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (CorruptArchiveException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            compressed.rethrowFailure();
            throw new CorruptArchiveException("archive: malformed or cut short (expected: a tar in zstd)", e);
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    /** Lets go of the native memory; the stream stays open. */
    @Override
    public void close() throws IOException {
        zstd.close();
    }
}
