package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Stands between a tar and the library that parses it, and lets a header through only when it is one that the library deals with in
 * little memory. The library takes a header's word for how much to read into memory, goes one call deeper with each header that is about
 * another, and makes a sparse file of whatever length out of nothing.
 *
 * <p>Not thread-safe.
 */
final class TarGuard extends InputStream {

    /** The longest text about an entry: names, times, attributes. */
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final RawInput raw;

    /** What has been looked at and not yet given out: a header block, and the text behind it if it is about the entry that follows. */
    private byte[] seen = new byte[0];

    private int next;
    private boolean awaitsEntry;
    private boolean hasText;
    private boolean ended;

    TarGuard(RawInput raw) {
        this.raw = raw;
    }

    /** The content of an entry has been read: what comes at the next block is a header. */
    void expectEntry() {
        awaitsEntry = true;
        hasText = false;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (next < seen.length) {
            int part = Math.min(length, seen.length - next);
            System.arraycopy(seen, next, target, offset, part);
            next += part;
            return part;
        }
        if (!awaitsEntry) {
            return raw.read(target, offset, length);
        }
        int intoBlock = (int) (raw.bytes() % TarHeader.BYTES);
        if (intoBlock > 0) {
            return raw.read(target, offset, Math.min(length, TarHeader.BYTES - intoBlock));
        }
        lookAtHeader();
        return ended ? -1 : read(target, offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void lookAtHeader() throws IOException {
        if (ended) {
            return;
        }
        byte[] block = whole(TarHeader.BYTES);
        TarHeader header = new TarHeader(block);
        if (header.isEmpty()) {
            ended = true;
            return;
        }
        TarHeader.Kind kind = header.kind();
        switch (kind) {
            case FILE, DIRECTORY -> {
                seen = block;
                awaitsEntry = false;
            }
            case PAX, LONG_NAME -> seen = withText(block, kind, header.textBytes());
        }
        next = 0;
    }

    private byte[] withText(byte[] block, TarHeader.Kind kind, long length) throws IOException {
        if (hasText) {
            throw new CorruptArchiveException("tar: several headers for one entry (expected: one)");
        }
        if (length > MAX_TEXT_BYTES) {
            throw new CorruptArchiveException(
                    "tar: a header of " + length + " bytes (expected: <= " + MAX_TEXT_BYTES + ")");
        }
        hasText = true;
        int blocks = (int) ((length + TarHeader.BYTES - 1) / TarHeader.BYTES);
        byte[] text = whole(blocks * TarHeader.BYTES);
        checkText(kind, text, (int) length);
        byte[] both = new byte[block.length + text.length];
        System.arraycopy(block, 0, both, 0, block.length);
        System.arraycopy(text, 0, both, block.length, text.length);
        return both;
    }

    private static void checkText(TarHeader.Kind kind, byte[] text, int length) throws CorruptArchiveException {
        if (kind == TarHeader.Kind.PAX) {
            PaxRecords.check(text, 0, length);
        } else if (length == 0 || text[0] == '/') {
            throw new CorruptArchiveException("tar: an absolute name, or none (expected: a relative path)");
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
