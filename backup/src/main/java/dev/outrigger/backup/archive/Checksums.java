package dev.outrigger.backup.archive;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The last entry of an archive: the checksum of each file, as {@link CRC32C} has it, in the order in which the first entry lists the files.
 * It stands behind them so that each file is read once.
 *
 * <p>Not thread-safe.
 */
final class Checksums {

    /** The entry's name. It never becomes a file. */
    static final String ENTRY = "__outrigger_checksums__.json";

    private static final String CRC32C = "crc32c";
    private static final int DIGITS = 8;

    /** The longest document there is, for as many files as the first entry has room for. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_BYTES_WITHOUT_FILES = 1 << 10;
    private static final int MAX_BYTES_PER_FILE = 32;

    private final int[] values;

    /** Begins with a zero for each of so many files. */
    Checksums(int files) {
        values = new int[files];
    }

    /** Sets the checksum of the file that is listed at a position, from 0 on. */
    void set(int position, int crc32c) {
        values[position] = crc32c;
    }

    /** The position of the first file for which another list, of as many files, says something else. */
    OptionalInt firstDifference(Checksums other) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != other.values[i]) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** How long the document of so many files may be. */
    static int maxBytes(long files) {
        return (int) Math.min(MAX_BYTES, MAX_BYTES_WITHOUT_FILES + Math.min(files, MAX_BYTES) * MAX_BYTES_PER_FILE);
    }

    /** Returns the document as JSON. */
    byte[] encode() {
        return JsonWriter.object(json -> json.array(CRC32C, list -> {
            for (int value : values) {
                list.element(HexFormat.of().toHexDigits(value));
            }
        }));
    }

    /**
     * Reads a document.
     *
     * @param files as many as the first entry lists
     * @throws CorruptArchiveException if it is none, or about more or fewer files
     */
    static Checksums decode(byte[] json, int files) throws CorruptArchiveException {
        try {
            return of(
                    JsonReader.object(json, MAX_BYTES)
                            .optionalStrings(CRC32C)
                            .orElseThrow(
                                    () -> new IllegalArgumentException(CRC32C + ": missing (expected: to be there)")),
                    files);
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new CorruptArchiveException(ENTRY + ": " + e.getMessage(), e);
        }
    }

    private static Checksums of(List<String> texts, int files) {
        if (texts.size() != files) {
            throw new IllegalArgumentException(CRC32C + ": of " + texts.size() + " files (expected: " + files + ")");
        }
        Checksums checksums = new Checksums(files);
        for (int i = 0; i < files; i++) {
            checksums.set(i, value(texts.get(i)));
        }
        return checksums;
    }

    private static int value(String text) {
        if (text.length() != DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    CRC32C + ": malformed (expected: " + DIGITS + " hexadecimal digits each)");
        }
        return HexFormat.fromHexDigits(text);
    }
}
