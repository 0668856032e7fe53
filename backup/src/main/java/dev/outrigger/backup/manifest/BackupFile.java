package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;

/**
 * One file of a backup, as its manifest vouches for it.
 *
 * @param name what it is called at the location
 * @param bytes how long it is
 * @param sha256 of all of it
 */
public record BackupFile(ObjectName name, long bytes, Sha256 sha256) {

    /**
     * @throws IllegalArgumentException if the length is negative
     */
    public BackupFile {
        requireNonNull(name, "name");
        requireNonNull(sha256, "sha256");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + name + ": " + bytes + " (expected: >= 0)");
        }
    }
}
