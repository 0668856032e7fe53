/** What backup and restore are measured with. */
@NullMarked
package dev.outrigger.example.bench.backup;

import org.jspecify.annotations.NullMarked;
