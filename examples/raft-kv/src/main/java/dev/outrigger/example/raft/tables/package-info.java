/** The tables that the keys of the cluster are divided among, and which shards keep them. */
@NullMarked
package dev.outrigger.example.raft.tables;

import org.jspecify.annotations.NullMarked;
