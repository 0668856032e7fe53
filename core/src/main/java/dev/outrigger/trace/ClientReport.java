package dev.outrigger.trace;

import java.util.List;
import java.util.Optional;

/**
 * One client and what it has asked for. Immutable.
 *
 * @param id names it: the same for the same client, also after a restart
 * @param address where it calls from
 * @param userAgent what it calls itself, cut after 256 bytes
 * @param principal who it has proven to be
 * @param total the figures of all its requests
 * @param routes the same by route, in the order of the route table, without those that it never asked for
 */
public record ClientReport(
        String id,
        String address,
        Optional<String> userAgent,
        Optional<String> principal,
        ClientFigures total,
        List<RouteFigures> routes) {

    /**
     * The figures of one route.
     *
     * @param route its template, or {@code unmatched}
     * @param figures of the client's requests for it
     */
    public record RouteFigures(String route, ClientFigures figures) {}
}
