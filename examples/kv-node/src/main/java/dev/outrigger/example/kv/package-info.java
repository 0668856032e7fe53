/** A single-node key-value store that carries the sidecar: how the parts are put together, and the command line. */
@NullMarked
package dev.outrigger.example.kv;

import org.jspecify.annotations.NullMarked;
