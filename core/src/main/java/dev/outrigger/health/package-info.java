/** Health checks, the monitor that runs them, and the reports it publishes. */
@NullMarked
package dev.outrigger.health;

import org.jspecify.annotations.NullMarked;
