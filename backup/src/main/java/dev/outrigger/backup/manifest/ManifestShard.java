package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

/**
 * One shard in a manifest.
 *
 * @param id of the shard
 * @param file its archive
 * @param rawBytes how much is in the archive, uncompressed
 * @param entries how many files are in it
 * @param content SHA-256 of what is in it, whatever compressed it
 * @param node that wrote it
 */
public record ManifestShard(int id, BackupFile file, long rawBytes, long entries, Sha256 content, String node) {

    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public ManifestShard {
        requireNonNull(file, "file");
        requireNonNull(content, "content");
        requireNonNull(node, "node");
        if (id < 0 || rawBytes < 0 || entries < 0) {
            throw new IllegalArgumentException(
                    "shard: " + id + ", " + rawBytes + " bytes, " + entries + " entries (expected: >= 0)");
        }
    }
}
