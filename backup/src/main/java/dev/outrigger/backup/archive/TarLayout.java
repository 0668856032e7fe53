package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Lays out what stands around the files of a tar. The headers are the library's; the files' content goes around it, since it passes on 512
 * bytes at a time, which takes as long as a hash. Not thread-safe.
 */
final class TarLayout {

    private static final int OWNER_ONLY = 0600;

    /** The library's block for no name and no bytes. To fill it in takes a tenth of the time that it takes to have another made. */
    private final byte[] empty;

    private final byte[] block = new byte[TarHeader.BYTES];

    TarLayout() throws IOException {
        empty = byLibrary("", 0);
    }

    /**
     * What stands in front of a file: one block, or a PAX header and one block where name or length do not fit in one. To be used before
     * the next one is asked for.
     */
    byte[] header(String name, long bytes) throws IOException {
        boolean fits = EntryName.isAscii(name)
                && name.length() <= TarHeader.MAX_NAME_BYTES
                && bytes <= TarHeader.MAX_FILE_BYTES;
        if (!fits) {
            return byLibrary(name, bytes);
        }
        System.arraycopy(empty, 0, block, 0, block.length);
        TarHeader.fill(block, name, bytes);
        return block;
    }

    private static byte[] byLibrary(String name, long bytes) throws IOException {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream(TarHeader.BYTES);
        @SuppressWarnings("resource") // To close it would end the tar; it holds nothing.
        TarArchiveOutputStream tar = new TarArchiveOutputStream(blocks, TarHeader.BYTES, UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        tar.putArchiveEntry(entry(name, bytes));
        return blocks.toByteArray();
    }

    private static TarArchiveEntry entry(String name, long bytes) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        entry.setMode(OWNER_ONLY);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        return entry;
    }

    /** What stands behind a file: zeros, up to the next block. */
    static byte[] padding(long bytes) {
        return new byte[(int) (-bytes & (TarHeader.BYTES - 1))];
    }

    /** What ends a tar: two blocks of zeros. */
    static byte[] end() {
        return new byte[2 * TarHeader.BYTES];
    }
}
