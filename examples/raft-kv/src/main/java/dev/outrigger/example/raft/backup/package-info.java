/** What the sidecar needs to back the cluster's tables up, and to bring them back: over the engine, shard by shard. */
@NullMarked
package dev.outrigger.example.raft.backup;

import org.jspecify.annotations.NullMarked;
