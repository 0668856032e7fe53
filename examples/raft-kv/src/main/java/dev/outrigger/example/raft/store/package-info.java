/**
 * What the replicas of a group agree on: a RocksDB per group, the commands that change it, and its snapshots. It knows nothing of how
 * agreement is reached.
 */
@NullMarked
package dev.outrigger.example.raft.store;

import org.jspecify.annotations.NullMarked;
