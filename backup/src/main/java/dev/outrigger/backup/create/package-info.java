/** Writes a backup: claim, shards, metadata, manifest, in the order in which a crash at any point leaves no half of one. */
@NullMarked
package dev.outrigger.backup.create;

import org.jspecify.annotations.NullMarked;
