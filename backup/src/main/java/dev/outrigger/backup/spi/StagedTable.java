package dev.outrigger.backup.spi;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * A table whose files have all arrived and been verified, and which is to be put in place.
 *
 * @param restore by which it came
 * @param table what it is to be called
 * @param replaces whether it may take the place of a table of that name
 * @param description as the backup has it
 * @param shards all shards of the table that are to be here, ascending by id; in a cluster, those of which this member has a replica
 */
public record StagedTable(
        RestoreId restore, TableName table, boolean replaces, TableDescription description, List<StagedShard> shards) {

    public StagedTable {
        requireNonNull(restore, "restore");
        requireNonNull(table, "table");
        requireNonNull(description, "description");
        shards = List.copyOf(shards);
    }

    /**
     * One shard.
     *
     * @param description as the backup has it
     * @param directory holds its files under the paths that they were backed up with; may be moved or changed by the host
     */
    public record StagedShard(ShardDescription description, Path directory) {

        public StagedShard {
            requireNonNull(description, "description");
            requireNonNull(directory, "directory");
        }
    }
}
