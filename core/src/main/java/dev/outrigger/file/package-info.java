/** Values that are made of files, and made anew when their content changes; and files that are replaced whole. */
@NullMarked
package dev.outrigger.file;

import org.jspecify.annotations.NullMarked;
