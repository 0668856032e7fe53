/** The sidecar's front door and the HTTP server behind it, on Netty. */
@NullMarked
package dev.outrigger.netty;

import org.jspecify.annotations.NullMarked;
