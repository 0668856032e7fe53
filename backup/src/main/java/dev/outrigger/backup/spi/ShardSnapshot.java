package dev.outrigger.backup.spi;

import java.util.List;

/** One shard of a {@link TableSnapshot}. Called by one thread at a time; different shards by several at once. */
public interface ShardSnapshot {

    /** Describes it. The same at each call. */
    ShardDescription description();

    /**
     * Lists its files, in any order, each path once.
     *
     * @throws Exception if they cannot be listed: this table of the backup fails
     */
    List<ShardFile> files() throws Exception;
}
