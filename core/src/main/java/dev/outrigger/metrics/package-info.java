/** Metrics sources and the exposition formats they are written in. */
@NullMarked
package dev.outrigger.metrics;

import org.jspecify.annotations.NullMarked;
