/** What every job of this module needs: how it tells how far it is, how it is stopped, and how it does several shards at once. */
@NullMarked
package dev.outrigger.backup.job;

import org.jspecify.annotations.NullMarked;
