package dev.outrigger.backup.archive;

import java.util.regex.Pattern;

/**
 * What an archive amounts to: known when it has been written, and held against it when it is read.
 *
 * @param bytes how long it is as it lies there, compressed
 * @param sha256 of these bytes, as 64 lower-case hexadecimal digits
 * @param rawBytes how long the tar is that comes out of it, headers, padding and end included: what {@code zstd -dc | wc -c} says. So
 *     one count bounds all that a reader takes out of an archive, and it is never less than what its files need on disk
 * @param entries how many files are in it; what the archive says about itself is none
 * @param contentSha256 of the tar after its first entry, which holds the time and the version: equal for equal files, whoever
 *     compressed them and when
 */
public record ArchiveSummary(long bytes, String sha256, long rawBytes, long entries, String contentSha256) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException if a number is negative, or a hash has another form
     */
    public ArchiveSummary {
        requireNotNegative("bytes", bytes);
        requireNotNegative("raw bytes", rawBytes);
        requireNotNegative("entries", entries);
        requireHash("sha256", sha256);
        requireHash("content sha256", contentSha256);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    private static void requireHash(String name, String value) {
        if (!SHA_256.matcher(value).matches()) {
            throw new IllegalArgumentException(name + ": '" + value + "' (expected: 64 of 0-9 and a-f)");
        }
    }
}
