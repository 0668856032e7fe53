package dev.outrigger.backup.archive;

/**
 * Watches the bytes of an archive go by, and refuses what is not one zstd frame after another, each with a checksum, no dictionary and a
 * window of at most 8 MiB (levels 1 to 19), before the decompressor gets to see it. That would pass over whatever calls itself skippable,
 * and give a frame whatever window it asks for.
 *
 * <p>The format is RFC 8878's. What is in the blocks is the decompressor's business. Not thread-safe.
 */
final class ZstdFrames {

    static final long MAX_WINDOW_BYTES = 8 << 20;

    private static final int MAGIC = 0xfd2fb528;
    private static final int MAGIC_AND_DESCRIPTOR_BYTES = 5;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int CHECKSUM_BYTES = 4;

    private static final int SINGLE_SEGMENT = 0x20;
    private static final int RESERVED = 0x08;
    private static final int CHECKSUM = 0x04;
    private static final int DICTIONARY = 0x03;

    private static final int RUN_LENGTH = 1;

    private final byte[] head = new byte[16];

    private Stage stage = Stage.DESCRIPTOR;
    private int collected;
    private int wanted = MAGIC_AND_DESCRIPTOR_BYTES;

    /** Bytes that go by unread: what is in a block, and the checksum. */
    private long passing;

    private enum Stage {
        DESCRIPTOR,
        HEADER,
        BLOCK
    }

    /**
     * Looks at the bytes that come next.
     *
     * @throws CorruptArchiveException if they are no part of such frames
     */
    void accept(byte[] bytes, int offset, int length) throws CorruptArchiveException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (passing > 0) {
                int part = (int) Math.min(passing, end - at);
                passing -= part;
                at += part;
            } else {
                head[collected++] = bytes[at++];
                if (collected == wanted) {
                    collected = 0;
                    advance();
                }
            }
        }
    }

    /**
     * No bytes come any more.
     *
     * @throws CorruptArchiveException if a frame has begun, and not come to its end
     */
    void end() throws CorruptArchiveException {
        if (stage != Stage.DESCRIPTOR || collected > 0 || passing > 0) {
            throw new CorruptArchiveException("zstd: cut short (expected: a frame to its end)");
        }
    }

    private void advance() throws CorruptArchiveException {
        switch (stage) {
            case DESCRIPTOR -> readDescriptor();
            case HEADER -> readHeader();
            case BLOCK -> readBlock();
        }
    }

    private void readDescriptor() throws CorruptArchiveException {
        if (number(0, 4) != Integer.toUnsignedLong(MAGIC)) {
            throw new CorruptArchiveException("zstd: another format (expected: a frame of zstd)");
        }
        int descriptor = head[4];
        if ((descriptor & RESERVED) != 0) {
            throw new CorruptArchiveException("zstd: a frame of another kind (expected: RFC 8878)");
        }
        if ((descriptor & CHECKSUM) == 0) {
            throw new CorruptArchiveException("zstd: a frame without checksum (expected: one with it)");
        }
        if ((descriptor & DICTIONARY) != 0) {
            throw new CorruptArchiveException("zstd: a frame that needs a dictionary (expected: none)");
        }
        // The descriptor is kept where the header's other fields do not come.
        head[head.length - 1] = (byte) descriptor;
        stage = Stage.HEADER;
        wanted = (isSingleSegment() ? 0 : 1) + contentSizeBytes();
    }

    private boolean isSingleSegment() {
        return (head[head.length - 1] & SINGLE_SEGMENT) != 0;
    }

    private int contentSizeBytes() {
        int flag = (head[head.length - 1] & 0xff) >> 6;
        if (flag == 0) {
            return isSingleSegment() ? 1 : 0;
        }
        return 1 << flag;
    }

    private void readHeader() throws CorruptArchiveException {
        long window = isSingleSegment() ? contentSize() : window(head[0] & 0xff);
        if (window < 0 || window > MAX_WINDOW_BYTES) {
            throw new CorruptArchiveException("zstd: a window of " + Long.toUnsignedString(window)
                    + " bytes (expected: <= " + MAX_WINDOW_BYTES + ")");
        }
        stage = Stage.BLOCK;
        wanted = BLOCK_HEADER_BYTES;
    }

    private long contentSize() {
        int bytes = contentSizeBytes();
        return number(0, bytes) + (bytes == 2 ? 256 : 0);
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private void readBlock() {
        int header = (int) number(0, BLOCK_HEADER_BYTES);
        int type = (header >> 1) & 3;
        passing = type == RUN_LENGTH ? 1 : header >> 3;
        if ((header & 1) != 0) { // the last one
            passing += CHECKSUM_BYTES;
            stage = Stage.DESCRIPTOR;
            wanted = MAGIC_AND_DESCRIPTOR_BYTES;
        }
    }

    private long number(int offset, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = (number << 8) | (head[offset + i] & 0xff);
        }
        return number;
    }
}
