package dev.outrigger.netty;

import dev.outrigger.metrics.RouteMeter;

/**
 * How the requests for one path are counted and named.
 *
 * @param template of the path, or {@code unmatched}
 * @param number among all, in the order of the route table, behind 0 for what matches none
 * @param meter counts for the metrics
 */
record CountedRoute(String template, int number, RouteMeter meter) {

    static final String UNMATCHED = "unmatched";
}
