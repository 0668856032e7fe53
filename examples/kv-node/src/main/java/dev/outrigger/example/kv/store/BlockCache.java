package dev.outrigger.example.kv.store;

/**
 * The cache of table blocks that all shards share.
 *
 * @param bytes what it holds now
 * @param capacityBytes what it may hold
 * @param hits how often a block was found there since the store was opened
 * @param misses how often it was not
 */
public record BlockCache(long bytes, long capacityBytes, long hits, long misses) {}
