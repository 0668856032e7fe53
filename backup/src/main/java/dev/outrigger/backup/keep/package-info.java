/** Looks after what is at a location: lists backups, verifies them, removes them and what dead writers have left. */
@NullMarked
package dev.outrigger.backup.keep;

import org.jspecify.annotations.NullMarked;
