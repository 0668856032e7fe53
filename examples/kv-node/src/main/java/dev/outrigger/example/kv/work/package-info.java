/** The few threads on which requests wait for the disk, and what tells whether these threads are well. */
@NullMarked
package dev.outrigger.example.kv.work;

import org.jspecify.annotations.NullMarked;
