/**
 * One node's part in the cluster's consensus: groups, routing, membership. The only package that knows Apache Ratis; what it shows to others
 * is its own.
 */
@NullMarked
package dev.outrigger.example.raft.engine;

import org.jspecify.annotations.NullMarked;
