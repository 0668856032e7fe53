/**
 * A sharded key-value store in one RocksDB: slots, shards, tables, recovery, and what an operator wants to know about them. It knows
 * neither the protocol its clients speak nor the sidecar, and of backups only what a host implements.
 */
@NullMarked
package dev.outrigger.example.kv.store;

import org.jspecify.annotations.NullMarked;
