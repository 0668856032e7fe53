/** Shards as the host reports them: identity, status, leadership. */
@NullMarked
package dev.outrigger.shard;

import org.jspecify.annotations.NullMarked;
