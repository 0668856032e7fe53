/** What a node tells its sidecar: members, shards, replicas, checks and metrics. */
@NullMarked
package dev.outrigger.example.raft.observe;

import org.jspecify.annotations.NullMarked;
