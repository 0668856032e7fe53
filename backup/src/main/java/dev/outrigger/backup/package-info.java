/** Backup and restore of a node's shards. */
@NullMarked
package dev.outrigger.backup;

import org.jspecify.annotations.NullMarked;
