/** Brings tables back: plan, staging, verification, and one swap a table, so that a crash leaves the old table or the new one. */
@NullMarked
package dev.outrigger.backup.restore;

import org.jspecify.annotations.NullMarked;
