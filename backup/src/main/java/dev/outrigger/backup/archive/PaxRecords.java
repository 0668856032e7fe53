package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Set;

/**
 * Looks through the records of a PAX header for what has no place in an archive of ours: each is {@code length key=value}, and a line
 * feed. What the values mean is left to the library that reads them.
 */
final class PaxRecords {

    private static final int MAX_DIGITS = 7;

    private final byte[] bytes;
    private final int end;
    private final Set<String> keys = new HashSet<>();

    private PaxRecords(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * Checks the records in a part of an array.
     *
     * @throws CorruptArchiveException if one is malformed, there twice, tells of a link or a sparse file, or of an absolute name
     */
    static void check(byte[] bytes, int offset, int length) throws CorruptArchiveException {
        PaxRecords records = new PaxRecords(bytes, offset + length);
        int at = offset;
        while (at < records.end) {
            at = records.checkRecord(at);
        }
    }

    private int checkRecord(int start) throws CorruptArchiveException {
        int space = indexOf(' ', start, Math.min(end, start + MAX_DIGITS + 1));
        int next = start + number(start, space);
        if (next > end || next <= space || bytes[next - 1] != '\n') {
            throw malformed();
        }
        int equals = indexOf('=', space + 1, next);
        checkKey(new String(bytes, space + 1, equals - space - 1, ISO_8859_1), bytes[equals + 1] == '/');
        return next;
    }

    private void checkKey(String key, boolean absolute) throws CorruptArchiveException {
        if (!keys.add(key)) {
            throw new CorruptArchiveException("tar: a PAX header that says a thing twice (expected: once)");
        }
        if (key.startsWith("GNU.sparse.")) {
            throw new CorruptArchiveException("tar: a sparse file (expected: files as they are)");
        }
        if (key.equals("linkpath")) {
            throw new CorruptArchiveException("tar: a link (expected: files)");
        }
        if (key.equals("path") && absolute) {
            throw new CorruptArchiveException("tar: an absolute name (expected: a relative path)");
        }
    }

    private int indexOf(char c, int from, int to) throws CorruptArchiveException {
        for (int i = from; i < to; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        throw malformed();
    }

    private int number(int from, int to) throws CorruptArchiveException {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw malformed();
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static CorruptArchiveException malformed() {
        return new CorruptArchiveException("tar: a malformed PAX header (expected: records of length, key and value)");
    }
}
