/** The cluster as the host reports it: members, leader, regions of shards; and what this node can reach. */
@NullMarked
package dev.outrigger.cluster;

import org.jspecify.annotations.NullMarked;
