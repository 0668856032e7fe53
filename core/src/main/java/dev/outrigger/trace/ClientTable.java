package dev.outrigger.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a sidecar, at most 256: when there is one more, the one that was not seen for longest is forgotten.
 *
 * <p>One thread, the event loop, finds and counts, without a lock and without an object but for a client that is new; any
 * thread reads reports.
 */
public final class ClientTable {

    private static final int MAX_CLIENTS = 256;
    private static final int MAX_USER_AGENT_BYTES = 256;

    private final List<String> routes;
    private final AtomicReferenceArray<@Nullable Client> clients = new AtomicReferenceArray<>(MAX_CLIENTS);

    /** The same clients by hash. Of the finding thread alone. */
    private final @Nullable Client[] chains = new Client[2 * MAX_CLIENTS];

    private int size;

    /**
     * Makes an empty table.
     *
     * @param routes the templates of the routes, by whose index in this list requests are counted
     */
    public ClientTable(List<String> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * Finds a client, or takes it in.
     *
     * @param last who sent the last request of the same connection, which is most likely who sends this one too
     * @param address where the request comes from: immutable, with equality and a text of its own
     * @param bytes where the client's name for itself stands, from an index to another; nothing where it has none
     * @param principal who it has proven to be
     */
    public Client find(
            @Nullable Client last, Object address, byte[] bytes, int from, int to, @Nullable String principal) {
        int end = Math.min(to, from + MAX_USER_AGENT_BYTES);
        if (last != null && !last.isForgotten() && last.is(address, bytes, from, end, principal)) {
            return last;
        }
        int hash = hash(address, bytes, from, end, principal);
        for (Client client = chains[chain(hash)]; client != null; client = client.next) {
            if (client.hash() == hash && client.is(address, bytes, from, end, principal)) {
                return client;
            }
        }
        return take(new Client(address, Arrays.copyOfRange(bytes, from, end), principal, hash, routes.size()));
    }

    private static int hash(Object address, byte[] bytes, int from, int to, @Nullable String principal) {
        int hash = address.hashCode();
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return principal == null ? hash : 31 * hash + principal.hashCode();
    }

    private int chain(int hash) {
        return (hash ^ hash >>> 16) & (chains.length - 1);
    }

    private Client take(Client client) {
        int place = size < MAX_CLIENTS ? size++ : forgetOldest();
        int chain = chain(client.hash());
        client.next = chains[chain];
        chains[chain] = client;
        clients.set(place, client);
        return client;
    }

    /** Forgets the client that was not seen for longest, and returns its place. */
    private int forgetOldest() {
        int oldest = 0;
        for (int i = 1; i < MAX_CLIENTS; i++) {
            if (at(i).lastSeenMillis() < at(oldest).lastSeenMillis()) {
                oldest = i;
            }
        }
        Client forgotten = at(oldest);
        forgotten.forget();
        unchain(forgotten);
        return oldest;
    }

    private Client at(int place) {
        Client client = clients.getPlain(place);
        if (client == null) {
            throw new IllegalStateException("place " + place + " of a full table is empty");
        }
        return client;
    }

    private void unchain(Client forgotten) {
        int chain = chain(forgotten.hash());
        Client client = chains[chain];
        if (client == forgotten) {
            chains[chain] = forgotten.next;
            return;
        }
        while (client != null && client.next != forgotten) {
            client = client.next;
        }
        if (client != null) {
            client.next = forgotten.next;
        }
    }

    /** All clients of which a request has ended, the one seen last first. */
    public List<ClientReport> reports() {
        List<ClientReport> reports = new ArrayList<>();
        for (int i = 0; i < MAX_CLIENTS; i++) {
            Client client = clients.get(i);
            if (client != null) {
                client.report(routes).ifPresent(reports::add);
            }
        }
        reports.sort(
                Comparator.comparing((ClientReport report) -> report.total().lastSeen())
                        .reversed()
                        .thenComparing(ClientReport::id));
        return reports;
    }

    /** One client, if it is known. */
    public Optional<ClientReport> report(String id) {
        for (int i = 0; i < MAX_CLIENTS; i++) {
            Client client = clients.get(i);
            if (client != null && client.id().equals(id)) {
                return client.report(routes);
            }
        }
        return Optional.empty();
    }
}
