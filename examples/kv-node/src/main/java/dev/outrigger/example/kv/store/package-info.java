/**
 * A sharded key-value store in one RocksDB: slots, shards, recovery, and what an operator wants to know about them. It knows
 * neither the protocol its clients speak nor the sidecar.
 */
@NullMarked
package dev.outrigger.example.kv.store;

import org.jspecify.annotations.NullMarked;
