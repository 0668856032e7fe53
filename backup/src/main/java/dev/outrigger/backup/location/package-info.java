/** Where backups lie: directories and buckets behind one interface, with what each of them promises. */
@NullMarked
package dev.outrigger.backup.location;

import org.jspecify.annotations.NullMarked;
