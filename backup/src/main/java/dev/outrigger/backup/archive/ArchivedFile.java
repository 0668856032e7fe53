package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

/**
 * One file as the front of its archive lists it.
 *
 * @param name where it lies within the shard
 * @param bytes how long it is
 */
record ArchivedFile(EntryName name, long bytes) {

    ArchivedFile {
        requireNonNull(name, "name");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + name + ": " + bytes + " (expected: >= 0)");
        }
    }
}
