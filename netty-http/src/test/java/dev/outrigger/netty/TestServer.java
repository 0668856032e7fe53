package dev.outrigger.netty;

import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Authenticator;
import dev.outrigger.http.Method;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.RequestMetrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A server with routes of a test's own, a wall clock that stands still, and a monotonic one that the test moves. */
final class TestServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    /** The {@code Date} header line of every answer. */
    static final String DATE = "Date: Sat, 21 Nov 2026 03:00:00 GMT\r\n";

    private static final int MAX_CONNECTIONS = 256;

    private final AtomicLong skippedNanos = new AtomicLong();
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Lanes lanes = new Lanes();
    private final SidecarServer server;

    private TestServer(
            EventTransport transport, Optional<Authenticator> authenticator, int maxConnections, List<Route> routes) {
        RequestMetrics metrics = new RequestMetrics("test", Stream.of(Method.values()).map(Method::label).toList());
        Endpoints endpoints = new Endpoints(RouteTable.of("", routes), metrics, Set.of(), false);
        LoopClock clock = new LoopClock(() -> System.nanoTime() + skippedNanos.get(), InstantSource.fixed(NOW));
        ConnectionContext context = new ConnectionContext(
                new Dispatcher(endpoints, authenticator, "test"),
                lanes,
                clock,
                new RequestIds(),
                HeadLimits.DEFAULT,
                64 * 1024,
                Deadlines.DEFAULT,
                metrics.meter("unmatched"));
        this.server = SidecarServer.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                LoopOwner.own(transport),
                context,
                new Connections(maxConnections),
                ticks::incrementAndGet);
    }

    static TestServer serving(Route... routes) {
        return on(EventTransport.best(), routes);
    }

    static TestServer on(EventTransport transport, Route... routes) {
        return new TestServer(transport, Optional.empty(), MAX_CONNECTIONS, List.of(routes));
    }

    static TestServer withConnections(int max, Route... routes) {
        return new TestServer(EventTransport.best(), Optional.empty(), max, List.of(routes));
    }

    static TestServer guarded(Authenticator authenticator, Route... routes) {
        return new TestServer(EventTransport.best(), Optional.of(authenticator), MAX_CONNECTIONS, List.of(routes));
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

    /** Makes all deadlines nearer by so much. */
    void skip(Duration time) {
        skippedNanos.addAndGet(time.toNanos());
    }

    /** Waits until the server has seen all that was sent before, and has looked at its clock since. */
    void awaitTick() {
        long before = ticks.get();
        await().until(() -> ticks.get() >= before + 2);
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
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
