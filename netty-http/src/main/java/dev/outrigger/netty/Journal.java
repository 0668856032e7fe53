package dev.outrigger.netty;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.IpAddress;
import dev.outrigger.http.Method;
import dev.outrigger.http.Principal;
import dev.outrigger.http.Problem;
import dev.outrigger.http.RequestNotes;
import dev.outrigger.http.Response;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.trace.AccessEvent;
import dev.outrigger.trace.AuditEvent;
import dev.outrigger.trace.Caller;
import dev.outrigger.trace.Client;
import dev.outrigger.trace.ClientTable;
import dev.outrigger.trace.EventLog;
import dev.outrigger.trace.Outcome;
import dev.outrigger.trace.Subject;
import dev.outrigger.trace.TraceParent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what becomes of requests: in the metrics, among the clients, in the access log and in the audit log. None of it
 * waits, and a probe that nobody logs costs no object. Confined to the event loop but for {@link #audit}.
 */
final class Journal {

    private static final Object UNKNOWN_ADDRESS = "unknown";
    private static final byte[] NOTHING = new byte[0];

    private final EventLog log;
    private final @Nullable ClientTable clients;
    private final CountedRoute unmatched;
    private final LoopClock clock;
    private final InstantSource wallClock;

    /**
     * @param log takes the events
     * @param clients of the same routes, in the order of {@link #templates}, where clients are to be known
     * @param metrics count what no route wants to know of
     * @param clock of the event loop
     * @param wallClock for what is to be told to the millisecond
     */
    Journal(
            EventLog log,
            Optional<ClientTable> clients,
            RequestMetrics metrics,
            LoopClock clock,
            InstantSource wallClock) {
        this.log = log;
        this.clients = clients.orElse(null);
        this.unmatched = new CountedRoute(CountedRoute.UNMATCHED, 0, metrics.meter(CountedRoute.UNMATCHED));
        this.clock = clock;
        this.wallClock = wallClock;
    }

    /** The templates of a table's routes by their {@linkplain CountedRoute#number() numbers}. */
    static List<String> templates(RouteTable table) {
        return Stream.concat(
                        Stream.of(CountedRoute.UNMATCHED),
                        table.paths().stream().map(path -> path.path().toString()))
                .toList();
    }

    /** What is counted of requests that match no route. */
    CountedRoute unmatched() {
        return unmatched;
    }

    /**
     * Writes down a request that has ended.
     *
     * @param last who sent the request before, on the same connection
     * @return who sent this one, where clients are known
     */
    @Nullable
    Client ended(Exchange exchange, RequestHead head, Outcome outcome, @Nullable Client last) {
        CountedRoute route = exchange.counted();
        long nanos = clock.exactNanos() - exchange.startNanos();
        int status = exchange.status();
        if (status > 0 && outcome == Outcome.of(status)) {
            route.meter().record(exchange.method().ordinal(), status, nanos);
        }
        boolean probe = exchange.isProbe();
        if (AccessEvent.isWanted(probe, outcome)) {
            log.access(new AccessEvent(
                    probe,
                    caller(head),
                    exchange.method().label(),
                    route.template(),
                    subject(head.notesIfAny()),
                    status > 0 ? OptionalInt.of(status) : OptionalInt.empty(),
                    outcome,
                    nanos,
                    exchange.bytes()));
        }
        ClientTable table = clients;
        if (table == null) {
            return null;
        }
        Client client = client(table, head, last);
        client.record(route.number(), outcome != Outcome.OK, exchange.bytes(), nanos, clock.millis());
        return client;
    }

    private static Client client(ClientTable table, RequestHead head, @Nullable Client last) {
        Optional<IpAddress> address = head.clientAddress();
        Optional<Principal> principal = head.principal();
        int agent = head.indexOf("User-Agent");
        return table.find(
                last,
                address.isPresent() ? address.get() : UNKNOWN_ADDRESS,
                head.bytes(),
                agent < 0 ? 0 : head.valueStart(agent),
                agent < 0 ? 0 : head.valueEnd(agent),
                principal.isPresent() ? principal.get().name() : null);
    }

    /** Writes down a connection that was refused for its address, before anything was read of it. */
    void refused(Peer peer, String requestId, int status, long sinceNanos, long bytes) {
        long nanos = clock.exactNanos() - sinceNanos;
        Outcome outcome = Outcome.of(status);
        unmatched.meter().record(Method.UNKNOWN.ordinal(), status, nanos);
        if (AccessEvent.isWanted(false, outcome)) {
            log.access(new AccessEvent(
                    false,
                    new Caller(requestId, Optional.empty(), peer.toString(), Optional.empty()),
                    Method.UNKNOWN.label(),
                    CountedRoute.UNMATCHED,
                    Subject.UNKNOWN,
                    OptionalInt.of(status),
                    outcome,
                    nanos,
                    bytes));
        }
        ClientTable table = clients;
        if (table != null) {
            Object address = peer.address().map(Object.class::cast).orElse(UNKNOWN_ADDRESS);
            table.find(null, address, NOTHING, 0, 0, null)
                    .record(unmatched.number(), true, bytes, nanos, clock.millis());
        }
    }

    /** The answer to a request that is refused; once that is taken by the audit log, where the request was to write. */
    Response refusal(Exchange exchange, RequestHead head, Problem problem) {
        CompleteResponse answer = problem.toResponse(head.requestId());
        if (!exchange.isToWrite()) {
            return answer;
        }
        CompletableFuture<Response> taken = audit(
                        AuditEvent.Phase.REFUSED, head, exchange.counted().template(), OptionalInt.of(problem.status()))
                .<Response>thenApply(done -> answer)
                .toCompletableFuture();
        return taken.isDone() ? answer : Response.later(taken, () -> {});
    }

    /**
     * Writes down a moment of a request that writes. From any thread that has the head.
     *
     * @return completes when that is taken
     */
    CompletionStage<@Nullable Void> audit(
            AuditEvent.Phase phase, RequestHead head, String template, OptionalInt status) {
        return log.audit(new AuditEvent(
                phase,
                wallClock.instant(),
                caller(head),
                head.method().name(),
                template,
                head.path(),
                subject(head.notesIfAny()),
                status));
    }

    private static Caller caller(RequestHead head) {
        List<String> traces = head.headers("traceparent");
        return new Caller(
                head.requestId(),
                traces.size() == 1 ? TraceParent.parse(traces.get(0)) : Optional.empty(),
                head.clientAddress().map(IpAddress::toString).orElse("unknown"),
                head.principal().map(Principal::name));
    }

    private static Subject subject(@Nullable RequestNotes notes) {
        return notes == null
                ? Subject.UNKNOWN
                : new Subject(notes.table(), notes.operation(), notes.backend(), notes.cache(), notes.rows());
    }
}
