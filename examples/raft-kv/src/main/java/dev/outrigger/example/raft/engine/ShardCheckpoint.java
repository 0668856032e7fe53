package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A shard as it was at one index of its log.
 *
 * @param shard its id
 * @param directory where its database lies; whoever asked for it removes it
 * @param term of the last entry that is in it
 * @param index of the last entry that is in it
 */
public record ShardCheckpoint(int shard, Path directory, long term, long index) {

    public ShardCheckpoint {
        requireNonNull(directory, "directory");
    }
}
