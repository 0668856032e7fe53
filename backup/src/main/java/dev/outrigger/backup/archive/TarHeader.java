package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * One block of 512 bytes that stands in front of something in a tar, as far as it must be known before a library that believes it may
 * see it. Laid out as POSIX' ustar.
 */
final class TarHeader {

    static final int BYTES = 512;

    /** The longest name and the longest file that it has room for. */
    static final int MAX_NAME_BYTES = 99;

    static final long MAX_FILE_BYTES = 077777777777L;

    private static final int SIZE_DIGITS = 11;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM_OFFSET = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE_OFFSET = 156;
    private static final int MAGIC_OFFSET = 257;
    private static final byte[] MAGIC = "ustar\00000".getBytes(US_ASCII);
    private static final int PREFIX_OFFSET = 345;

    private final byte[] block;

    TarHeader(byte[] block) {
        this.block = block;
    }

    /**
     * Fills in a block that was made for no name and no bytes.
     *
     * @param name ASCII, of at most {@link #MAX_NAME_BYTES}
     * @param bytes at most {@link #MAX_FILE_BYTES}
     */
    static void fill(byte[] block, String name, long bytes) {
        byte[] text = name.getBytes(US_ASCII);
        System.arraycopy(text, 0, block, 0, text.length);
        putOctal(block, SIZE_OFFSET, SIZE_DIGITS, bytes);
        putOctal(block, CHECKSUM_OFFSET, CHECKSUM_DIGITS, new TarHeader(block).sum());
    }

    private static void putOctal(byte[] block, int offset, int digits, long number) {
        long left = number;
        for (int i = offset + digits - 1; i >= offset; i--) {
            block[i] = (byte) ('0' + (left & 7));
            left >>= 3;
        }
    }

    /** What stands behind a header. */
    enum Kind {
        FILE,
        DIRECTORY,
        /** Records about the entry that follows. */
        PAX,
        /** GNU's way to name the entry that follows. */
        LONG_NAME
    }

    /** Tells whether there is nothing in it, as in the blocks that end a tar. */
    boolean isEmpty() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells what stands behind it.
     *
     * @throws CorruptArchiveException if the block is damaged, or that is something that no archive of ours has
     */
    Kind kind() throws CorruptArchiveException {
        if (octal(CHECKSUM_OFFSET, CHECKSUM_LENGTH) != sum()) {
            throw new CorruptArchiveException("tar: a damaged header (expected: its checksum)");
        }
        return switch (block[TYPE_OFFSET]) {
            case '0', 0 -> Kind.FILE;
            case '5' -> Kind.DIRECTORY;
            case 'x' -> Kind.PAX;
            case 'L' -> Kind.LONG_NAME;
            case '1', '2', 'K' -> throw refused("a link");
            case '3', '4' -> throw refused("a device");
            case '6' -> throw refused("a FIFO");
            case 'S' -> throw refused("a sparse file");
            default -> throw refused("an entry of another kind");
        };
    }

    /**
     * Tells whether this block alone says all of a file, in the form in which it is most often said: a short name of ASCII, and a length
     * of eleven digits.
     */
    boolean isPlain() {
        return block[TYPE_OFFSET] == '0'
                && Arrays.equals(block, MAGIC_OFFSET, MAGIC_OFFSET + MAGIC.length, MAGIC, 0, MAGIC.length)
                && block[PREFIX_OFFSET] == 0
                && hasPlainSize()
                && hasPlainName();
    }

    private boolean hasPlainSize() {
        for (int i = SIZE_OFFSET; i < SIZE_OFFSET + SIZE_DIGITS; i++) {
            if (block[i] < '0' || block[i] > '7') {
                return false;
            }
        }
        byte end = block[SIZE_OFFSET + SIZE_DIGITS];
        return end == ' ' || end == 0;
    }

    private boolean hasPlainName() {
        int length = nameLength();
        for (int i = 0; i < length; i++) {
            if (block[i] < 0) {
                return false;
            }
        }
        return length > 0 && length <= MAX_NAME_BYTES && block[length - 1] != '/'; // Some mean a directory by that.
    }

    private int nameLength() {
        int length = 0;
        while (length <= MAX_NAME_BYTES && block[length] != 0) {
            length++;
        }
        return length;
    }

    /** The file, where the header is a {@linkplain #isPlain() plain} one. */
    TarEntry plainEntry() throws CorruptArchiveException {
        return new TarEntry(new String(block, 0, nameLength(), US_ASCII), false, octal(SIZE_OFFSET, SIZE_LENGTH));
    }

    /** How long what stands behind it is, where that is a text about the entry that follows. */
    long textBytes() throws CorruptArchiveException {
        return octal(SIZE_OFFSET, SIZE_LENGTH);
    }

    private long sum() {
        long sum = (long) ' ' * CHECKSUM_LENGTH;
        for (int i = 0; i < BYTES; i++) {
            if (i < CHECKSUM_OFFSET || i >= CHECKSUM_OFFSET + CHECKSUM_LENGTH) {
                sum += block[i] & 0xff;
            }
        }
        return sum;
    }

    /** Strict, so that no other reader takes the field for another number: digits, between spaces and up to a space or zero byte. */
    private long octal(int offset, int length) throws CorruptArchiveException {
        int at = offset;
        int end = offset + length;
        while (at < end && block[at] == ' ') {
            at++;
        }
        long number = 0;
        int digits = 0;
        for (; at < end && block[at] >= '0' && block[at] <= '7'; at++, digits++) {
            number = (number << 3) | (block[at] - '0');
        }
        for (; at < end; at++) {
            if (block[at] != ' ' && block[at] != 0) {
                throw refused("a malformed number");
            }
        }
        if (digits == 0) {
            throw refused("a number that is missing");
        }
        return number;
    }

    private static CorruptArchiveException refused(String what) {
        return new CorruptArchiveException(
                "tar: " + what + " (expected: files, and the directories that lead to them)");
    }
}
