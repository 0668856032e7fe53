package dev.outrigger.example.kv.store;

import java.util.Optional;

/**
 * What tells whether RocksDB is well, as of one moment.
 *
 * @param writeStopped whether RocksDB takes no write until compaction has caught up
 * @param delayedWriteBytesPerSecond to which rate writes are held back, 0 when they are not
 * @param pendingCompactionBytes estimate of what compaction has to rewrite, over all shards
 * @param backgroundErrors how often a flush or a compaction has failed since the store was opened
 * @param writeFault what the last write failed with; empty once one has succeeded
 */
public record Vitals(
        boolean writeStopped,
        long delayedWriteBytesPerSecond,
        long pendingCompactionBytes,
        long backgroundErrors,
        Optional<String> writeFault) {

    /** Tells whether a write would be taken now, if slowly. */
    public boolean takesWrites() {
        return !writeStopped && writeFault.isEmpty();
    }
}
