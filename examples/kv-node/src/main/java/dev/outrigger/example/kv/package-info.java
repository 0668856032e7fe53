/** A single-node key-value store on RocksDB that speaks RESP and carries the sidecar. */
@NullMarked
package dev.outrigger.example.kv;

import org.jspecify.annotations.NullMarked;
