package dev.outrigger.backup.create;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.spi.ShardDescription;

/**
 * One shard as its writer tells of it.
 *
 * @param entry what the manifest is to say of it
 * @param description what the snapshot that it was written out of says
 * @param stored the archive, as the store told of it right after it was written
 */
public record WrittenShard(ManifestShard entry, ShardDescription description, StoredObject stored) {

    /**
     * @throws IllegalArgumentException if these are not of one shard
     */
    public WrittenShard {
        requireNonNull(entry, "entry");
        if (entry.id() != description.id() || !entry.file().name().equals(stored.name())) {
            throw new IllegalArgumentException("shard: " + description.id() + " (expected: " + entry.id() + ")");
        }
    }
}
