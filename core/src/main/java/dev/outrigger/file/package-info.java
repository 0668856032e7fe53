/** Values that are made of files, and made anew when the content of the files changes. */
@NullMarked
package dev.outrigger.file;

import org.jspecify.annotations.NullMarked;
