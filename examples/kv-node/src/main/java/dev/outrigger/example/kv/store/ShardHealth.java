package dev.outrigger.example.kv.store;

/** How well a shard does. */
public enum ShardHealth {
    /** Reads and writes are served. */
    HEALTHY,
    /** Served, but not fully: a read met corrupt data, or RocksDB takes no writes now. */
    DEGRADED,
    /** Not served: its data could not be verified when it was opened. */
    UNAVAILABLE
}
