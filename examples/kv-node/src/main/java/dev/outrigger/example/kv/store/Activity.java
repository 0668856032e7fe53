package dev.outrigger.example.kv.store;

/**
 * What RocksDB has done since the store was opened, and what it is at.
 *
 * @param runningFlushes how many flushes run now
 * @param runningCompactions how many compactions run now
 * @param blockCache the block cache
 * @param flushWrittenBytes what flushes wrote
 * @param compactionReadBytes what compactions read
 * @param compactionWrittenBytes what compactions wrote
 * @param walWrittenBytes what went into the write-ahead log
 * @param stallMicros how long writes were held back
 */
public record Activity(
        long runningFlushes,
        long runningCompactions,
        BlockCache blockCache,
        long flushWrittenBytes,
        long compactionReadBytes,
        long compactionWrittenBytes,
        long walWrittenBytes,
        long stallMicros) {}
