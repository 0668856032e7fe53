/** What an operator sees of the node: its metrics, its checks, and the sidecar that shows them. */
@NullMarked
package dev.outrigger.example.kv.observe;

import org.jspecify.annotations.NullMarked;
