package dev.outrigger.netty;

import dev.outrigger.http.Authenticator;
import dev.outrigger.http.Method;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.trace.AuditEvent;
import dev.outrigger.trace.Caller;
import dev.outrigger.trace.ClientTable;
import dev.outrigger.trace.EventLog;
import dev.outrigger.trace.Subject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A server with routes of a test's own, a wall clock that stands still, and a monotonic one that the test moves. */
final class TestServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    /** The {@code Date} header line of every answer. */
    static final String DATE = "Date: Sat, 21 Nov 2026 03:00:00 GMT\r\n";

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Admits everybody, to a server that is reached as {@code a}. */
    static final Admission OPEN = new Admission(AddressRules.NONE, Optional.empty(), Set.of("a"), "test");

    private static final int MAX_CONNECTIONS = 256;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Lanes lanes = new Lanes();
    private final EventLog log = new EventLog();
    private final Connections connections;
    private final ClientTable clients;
    private final LoopClock clock = new LoopClock(nanos::get, InstantSource.fixed(NOW));
    private final LoopOwner owner;
    private final SidecarServer server;

    private TestServer(
            InetSocketAddress address,
            EventTransport transport,
            Admission admission,
            Optional<TlsSource> tls,
            int maxConnections,
            List<Route> routes) {
        RequestMetrics metrics = new RequestMetrics(
                "test", Stream.of(Method.values()).map(Method::label).toList());
        RouteTable table = RouteTable.of("", routes);
        this.clients = new ClientTable(Journal.templates(table));
        Endpoints endpoints = new Endpoints(table, metrics, new RouteRights(Set.of(), false));
        this.connections = new Connections(maxConnections);
        ConnectionContext context = new ConnectionContext(
                connections,
                new Dispatcher(endpoints, admission),
                lanes,
                clock,
                new RequestIds(() -> 0), // so that answers are the same each time
                HeadLimits.DEFAULT,
                64 * 1024,
                Deadlines.DEFAULT,
                new Complaints(clock),
                new Journal(log, Optional.of(clients), metrics, clock, InstantSource.fixed(NOW)));
        this.owner = LoopOwner.own(transport);
        this.server = SidecarServer.bind(address, owner, context, tls, () -> {});
    }

    static TestServer serving(Route... routes) {
        return on(EventTransport.best(), routes);
    }

    static TestServer on(EventTransport transport, Route... routes) {
        return new TestServer(ANY_PORT, transport, OPEN, Optional.empty(), MAX_CONNECTIONS, List.of(routes));
    }

    static TestServer at(InetSocketAddress address, EventTransport transport) {
        return new TestServer(address, transport, OPEN, Optional.empty(), MAX_CONNECTIONS, List.of());
    }

    static TestServer withConnections(int max, Route... routes) {
        return new TestServer(ANY_PORT, EventTransport.best(), OPEN, Optional.empty(), max, List.of(routes));
    }

    static TestServer guarded(Authenticator authenticator, Route... routes) {
        return admitting(new Admission(AddressRules.NONE, Optional.of(authenticator), Set.of(), "test"), routes);
    }

    static TestServer admitting(Admission admission, Route... routes) {
        return new TestServer(
                ANY_PORT, EventTransport.best(), admission, Optional.empty(), MAX_CONNECTIONS, List.of(routes));
    }

    static TestServer secured(Admission admission, TlsSource tls, EventTransport transport, Route... routes) {
        return new TestServer(ANY_PORT, transport, admission, Optional.of(tls), MAX_CONNECTIONS, List.of(routes));
    }

    RawClient connect() {
        return connect(64 * 1024);
    }

    /** Connects with a receive buffer of that size, small for a client that is to be slow. */
    RawClient connect(int receiveBufferBytes) {
        return new RawClient(server.address(), receiveBufferBytes);
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Sends one request on a connection of its own, and reads until the server closes. */
    String answer(String request) {
        try (RawClient client = connect()) {
            return client.send(request).readToEnd();
        }
    }

    /** Makes all deadlines nearer by so much, once all that was sent before has been seen. */
    void skip(Duration time) {
        awaitTick();
        owner.loop().submit(() -> tickThrough(time)).awaitUninterruptibly();
        awaitTick();
    }

    /** In steps, as time passes: a clock that jumps shows a pause, which counts against no client. */
    private void tickThrough(Duration time) {
        long step = Duration.ofMillis(250).toNanos();
        for (long left = time.toNanos(); left > 0; left -= step) {
            nanos.addAndGet(Math.min(step, left));
            tick();
        }
    }

    /** Pauses the whole process for so long, as its clocks show it. */
    void pause(Duration time) {
        awaitTick();
        nanos.addAndGet(time.toNanos());
        awaitTick();
    }

    /** Waits until the server has seen all that was sent before, and has looked at its clock since. */
    void awaitTick() {
        // The event loop looks at its sockets before each: for newcomers, for what they say, for what they say next.
        for (int i = 0; i < 3; i++) {
            owner.loop().schedule(this::tick, 2, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
    }

    /** Fills the log with events that are not written before the test lets them. */
    void fillLog() {
        AuditEvent event = new AuditEvent(
                AuditEvent.Phase.BEFORE,
                NOW,
                new Caller("fill", Optional.empty(), "192.0.2.1", Optional.empty()),
                "PUT",
                "/fill",
                "/fill",
                Subject.UNKNOWN,
                OptionalInt.empty());
        while (log.audit(event).toCompletableFuture().isDone()) {
            Thread.onSpinWait();
        }
    }

    private void tick() {
        clock.refresh();
        connections.checkDeadlines(clock.nanos());
    }

    void drain() {
        server.drain();
        awaitTick();
    }

    /** Closes with all the patience a request in flight may need. */
    void close(Duration patience) {
        if (closed.compareAndSet(false, true)) {
            server.close(patience);
            lanes.close();
            log.close();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
