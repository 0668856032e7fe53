/** Brings files to disk without having anybody wait longer than the disk takes. */
@NullMarked
package dev.outrigger.backup.disk;

import org.jspecify.annotations.NullMarked;
