/** Durable work behind requests: recorded, run by workers, tried again, and continued after a crash. */
@NullMarked
package dev.outrigger.task;

import org.jspecify.annotations.NullMarked;
