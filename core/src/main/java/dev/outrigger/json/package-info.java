/** The one place that writes JSON. */
@NullMarked
package dev.outrigger.json;

import org.jspecify.annotations.NullMarked;
