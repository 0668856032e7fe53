/** What a host implements to have its tables backed up and brought back. */
@NullMarked
package dev.outrigger.backup.spi;

import org.jspecify.annotations.NullMarked;
