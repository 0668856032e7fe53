package dev.outrigger.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One client of the sidecar: an address, what it calls itself, and who it has proven to be. Its figures are changed by one
 * thread and read by any.
 */
public final class Client {

    /** By the route's number; made when the client first asks for it. */
    private final AtomicReferenceArray<@Nullable RequestFigures> byRoute;

    private final String id;
    private final Object address;
    private final byte[] userAgent;
    private final @Nullable String principal;
    private final int hash;

    /** The next in the table's chain. Of the table's thread alone, as is what follows. */
    @Nullable
    Client next;

    private boolean forgotten;
    private long lastSeenMillis;

    Client(Object address, byte[] userAgent, @Nullable String principal, int hash, int routes) {
        this.address = address;
        this.userAgent = userAgent;
        this.principal = principal;
        this.hash = hash;
        this.byRoute = new AtomicReferenceArray<>(routes);
        this.id = UUID.nameUUIDFromBytes(
                        (address + "\n" + new String(userAgent, ISO_8859_1) + "\n" + principal).getBytes(UTF_8))
                .toString();
    }

    boolean is(Object otherAddress, byte[] bytes, int from, int to, @Nullable String otherPrincipal) {
        return Arrays.equals(userAgent, 0, userAgent.length, bytes, from, to)
                && address.equals(otherAddress)
                && (principal == null ? otherPrincipal == null : principal.equals(otherPrincipal));
    }

    int hash() {
        return hash;
    }

    String id() {
        return id;
    }

    boolean isForgotten() {
        return forgotten;
    }

    void forget() {
        forgotten = true;
    }

    long lastSeenMillis() {
        return lastSeenMillis;
    }

    /**
     * Counts a request that has ended. To be called by the table's thread.
     *
     * @param route the number of its route in the list that the table was made with
     * @param error whether it was answered with 4xx or 5xx, or not to the end
     * @param bytes of the answer
     * @param durationNanos how long it took
     * @param nowMillis the time
     */
    public void record(int route, boolean error, long bytes, long durationNanos, long nowMillis) {
        RequestFigures figures = byRoute.getPlain(route);
        if (figures == null) {
            figures = new RequestFigures(nowMillis);
            figures.record(error, bytes, durationNanos, nowMillis);
            byRoute.set(route, figures);
        } else {
            figures.record(error, bytes, durationNanos, nowMillis);
        }
        lastSeenMillis = nowMillis;
    }

    /** The client as it is now; empty as long as nothing was counted. */
    Optional<ClientReport> report(List<String> routes) {
        List<RequestFigures> parts = new ArrayList<>();
        List<ClientReport.RouteFigures> named = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            RequestFigures figures = byRoute.get(i);
            if (figures != null) {
                parts.add(figures);
                named.add(new ClientReport.RouteFigures(routes.get(i), figures.read()));
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientReport(
                        id,
                        address.toString(),
                        Optional.of(new String(userAgent, ISO_8859_1)).filter(name -> !name.isEmpty()),
                        Optional.ofNullable(principal),
                        RequestFigures.sum(parts),
                        List.copyOf(named)));
    }
}
