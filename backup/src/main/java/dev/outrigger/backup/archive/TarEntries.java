package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a tar, from header to header. A file of which one block says all is read off that, which saves a fifth of the time that an
 * archive of small files takes; what is said in more blocks, or in another form, is left to the library. The files' content goes around it.
 *
 * <p>The library gets to see a header only when it is one that it deals with in little memory. It takes a header's word for how much to
 * read, goes one call deeper with each header that is about another, and makes a sparse file of whatever length out of nothing.
 *
 * <p>Not thread-safe.
 */
final class TarEntries {

    /** The longest text about an entry: names, times, attributes. */
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final RawInput raw;

    TarEntries(RawInput raw) {
        this.raw = raw;
    }

    /**
     * Goes on to the next entry, when the content of the one before has been read.
     *
     * @return {@code null} at the end of the tar
     * @throws CorruptArchiveException if what stands in front of it has no place in an archive of ours
     * @throws IOException if the library cannot make anything of it
     */
    @Nullable
    TarEntry next() throws IOException {
        whole((int) (-raw.bytes() & (TarHeader.BYTES - 1))); // The zeros behind the content before.
        byte[] block = whole(TarHeader.BYTES);
        TarHeader header = new TarHeader(block);
        if (header.isEmpty()) {
            return null;
        }
        return switch (header.kind()) {
            case FILE -> header.isPlain() ? header.plainEntry() : byLibrary(block);
            case DIRECTORY -> byLibrary(block);
            case PAX, LONG_NAME -> byLibrary(withText(block, header));
        };
    }

    /** A header about an entry, its text, and the entry's own header. */
    private byte[] withText(byte[] block, TarHeader header) throws IOException {
        long length = header.textBytes();
        if (length > MAX_TEXT_BYTES) {
            throw new CorruptArchiveException(
                    "tar: a header of " + length + " bytes (expected: <= " + MAX_TEXT_BYTES + ")");
        }
        int blocks = (int) ((length + TarHeader.BYTES - 1) / TarHeader.BYTES);
        byte[] text = whole(blocks * TarHeader.BYTES);
        checkText(header.kind(), text, (int) length);
        byte[] own = whole(TarHeader.BYTES);
        requireEntry(new TarHeader(own));
        ByteArrayOutputStream all = new ByteArrayOutputStream(block.length + text.length + own.length);
        all.writeBytes(block);
        all.writeBytes(text);
        all.writeBytes(own);
        return all.toByteArray();
    }

    private static void checkText(TarHeader.Kind kind, byte[] text, int length) throws CorruptArchiveException {
        if (kind == TarHeader.Kind.PAX) {
            PaxRecords.check(text, 0, length);
        } else if (length == 0 || text[0] == '/') {
            throw new CorruptArchiveException("tar: an absolute name, or none (expected: a relative path)");
        }
    }

    private static void requireEntry(TarHeader header) throws CorruptArchiveException {
        if (header.isEmpty()) {
            throw new CorruptArchiveException("tar: a header about nothing (expected: an entry behind it)");
        }
        switch (header.kind()) {
            case FILE, DIRECTORY -> {}
            case PAX, LONG_NAME ->
                throw new CorruptArchiveException("tar: several headers for one entry (expected: one)");
        }
    }

    private static TarEntry byLibrary(byte[] headers) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(headers), TarHeader.BYTES, UTF_8.name())) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                throw new CorruptArchiveException("tar: a header without an entry (expected: one)");
            }
            return new TarEntry(entry.getName(), entry.isDirectory(), entry.getSize());
        }
    }

    private byte[] whole(int length) throws IOException {
        byte[] bytes = raw.readNBytes(length);
        if (bytes.length < length) {
            throw new CorruptArchiveException("tar: cut short (expected: blocks of zeros at its end)");
        }
        return bytes;
    }
}
