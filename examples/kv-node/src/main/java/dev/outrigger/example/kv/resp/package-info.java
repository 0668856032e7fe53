/** The Redis protocol over Netty: what {@code redis-cli} and {@code redis-benchmark} need to take this node for a server. */
@NullMarked
package dev.outrigger.example.kv.resp;

import org.jspecify.annotations.NullMarked;
