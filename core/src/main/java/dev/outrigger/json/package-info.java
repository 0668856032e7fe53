/** The one place that writes JSON, and reads it. */
@NullMarked
package dev.outrigger.json;

import org.jspecify.annotations.NullMarked;
