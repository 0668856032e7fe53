package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

import java.util.zip.CRC32C;

/**
 * One file as the front of its archive lists it.
 *
 * @param name where it lies within the shard
 * @param bytes how long it is
 * @param crc32c of its content, as {@link CRC32C} has it
 */
record ArchivedFile(EntryName name, long bytes, long crc32c) {

    private static final long MAX_CRC = 0xffff_ffffL;

    ArchivedFile {
        requireNonNull(name, "name");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + name + ": " + bytes + " (expected: >= 0)");
        }
        if (crc32c < 0 || crc32c > MAX_CRC) {
            throw new IllegalArgumentException("crc32c of " + name + ": " + crc32c + " (expected: 32 bits)");
        }
    }
}
