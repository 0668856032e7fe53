/** One shard as a tar in zstd: written and read as a stream, in memory that does not grow with the shard. */
@NullMarked
package dev.outrigger.backup.archive;

import org.jspecify.annotations.NullMarked;
