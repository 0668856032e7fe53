/** The documents of a backup: its manifest, its tables' metadata, its claim; and how each file is called. */
@NullMarked
package dev.outrigger.backup.manifest;

import org.jspecify.annotations.NullMarked;
