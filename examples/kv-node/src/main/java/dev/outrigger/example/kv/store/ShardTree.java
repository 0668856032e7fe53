package dev.outrigger.example.kv.store;

import java.util.List;

/**
 * The log-structured merge tree of one shard, as RocksDB describes it.
 *
 * @param id the shard's id
 * @param memtableBytes what is in memory and not in files yet
 * @param flushPending whether memory waits to be written to a file
 * @param compactionPending whether files wait to be merged
 * @param pendingCompactionBytes estimate of what compaction has to rewrite
 * @param estimatedKeys estimate of how many keys there are, the shard's own record included
 * @param liveDataBytes estimate of how large the data would be, fully compacted
 * @param levels every level, empty ones too
 */
public record ShardTree(
        int id,
        long memtableBytes,
        boolean flushPending,
        boolean compactionPending,
        long pendingCompactionBytes,
        long estimatedKeys,
        long liveDataBytes,
        List<Level> levels) {

    public ShardTree {
        levels = List.copyOf(levels);
    }
}
