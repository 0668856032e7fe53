/** The other members of a cluster: how their sidecars are asked. */
@NullMarked
package dev.outrigger.backup.peer;

import org.jspecify.annotations.NullMarked;
