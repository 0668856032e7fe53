package dev.outrigger.netty;

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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A server with routes of a test's own, a wall clock that stands still, and a monotonic one that the test moves. */
final class TestServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    /** The {@code Date} header line of every answer. */
    static final String DATE = "Date: Sat, 21 Nov 2026 03:00:00 GMT\r\n";

    private final AtomicLong skippedNanos = new AtomicLong();
    private final Lanes lanes = new Lanes();
    private final SidecarServer server;

    private TestServer(RouteTable table, Optional<Authenticator> authenticator, int maxConnections) {
        RequestMetrics metrics = new RequestMetrics("test", Stream.of(Method.values()).map(Method::label).toList());
        Dispatcher dispatcher =
                new Dispatcher(new Endpoints(table, metrics, Set.of(), false), authenticator, "test");
        LoopClock clock = new LoopClock(() -> System.nanoTime() + skippedNanos.get(), InstantSource.fixed(NOW));
        ConnectionContext context = new ConnectionContext(
                dispatcher,
                lanes,
                clock,
                new RequestIds(),
                HeadLimits.DEFAULT,
                64 * 1024,
                Deadlines.DEFAULT,
                metrics.meter("unmatched"));
        this.server = SidecarServer.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                LoopOwner.own(EventTransport.best()),
                context,
                new Connections(maxConnections),
                () -> {});
    }

    static TestServer serving(Route... routes) {
        return new TestServer(RouteTable.of("", List.of(routes)), Optional.empty(), 256);
    }

    static TestServer withConnections(int max, Route... routes) {
        return new TestServer(RouteTable.of("", List.of(routes)), Optional.empty(), max);
    }

    static TestServer guarded(Authenticator authenticator, Route... routes) {
        return new TestServer(RouteTable.of("", List.of(routes)), Optional.of(authenticator), 256);
    }

    RawClient connect() {
        return new RawClient(server.address());
    }

    /** Makes all deadlines nearer by so much. */
    void skip(Duration time) {
        skippedNanos.addAndGet(time.toNanos());
    }

    void drain() {
        server.drain();
    }

    @Override
    public void close() {
        server.close(Duration.ofSeconds(1));
        lanes.close();
    }
}
