/** A cluster of nodes that share a key-value store over Raft: how the parts of a node are put together, and the command line. */
@NullMarked
package dev.outrigger.example.raft;

import org.jspecify.annotations.NullMarked;
