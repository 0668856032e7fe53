package dev.outrigger.netty;

import dev.outrigger.file.FileWatch;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthReport;
import dev.outrigger.ops.Registrar.ShutdownWork;
import dev.outrigger.ops.Registrar.StartWork;
import dev.outrigger.ops.SidecarContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ops sidecar of a node: a small HTTP server in the node's own process that tells balancers, Prometheus and operators how
 * the node is.
 *
 * <p>Built, started and closed by the host, which never has to do anything in between:
 *
 * <pre>{@code
 * try (OpsSidecar sidecar = OpsSidecar.builder("node-1")
 *         .listen("0.0.0.0", 8080)
 *         .check("engine", liveness(), () -> engine.workersAlive() ? healthy() : unhealthy("worker died"))
 *         .shards(engine.shardProvider())
 *         .start()) {
 *     engine.run();
 * }
 * }</pre>
 *
 * <p>Its life is STARTING, RUNNING, DRAINING, CLOSED, and never runs backwards. Safe for use by any thread. All its threads are
 * daemons named {@code outrigger-…}, and end with it.
 */
public final class OpsSidecar implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.sidecar");

    /** How long requests in flight may take at the end. */
    private static final Duration IN_FLIGHT_PATIENCE = Duration.ofSeconds(5);

    private final HealthMonitor monitor;
    private final SidecarServer server;
    private final Lanes lanes;
    private final ClusterParts cluster;
    private final TraceParts trace;
    private final FileWatch files;
    private final SidecarContext context;
    private final List<ShutdownWork> shutdownWork;
    private final Duration drainDelay;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    OpsSidecar(Parts parts) {
        this.monitor = parts.monitor;
        this.server = parts.server;
        this.lanes = parts.lanes;
        this.cluster = parts.cluster;
        this.trace = parts.trace;
        this.files = parts.files;
        this.context = parts.context;
        this.shutdownWork = List.copyOf(parts.shutdownWork);
        this.drainDelay = parts.drainDelay;
    }

    /** What a sidecar consists of. */
    record Parts(
            HealthMonitor monitor,
            SidecarServer server,
            Lanes lanes,
            ClusterParts cluster,
            TraceParts trace,
            FileWatch files,
            SidecarContext context,
            List<ShutdownWork> shutdownWork,
            Duration drainDelay) {}

    /**
     * Begins a sidecar.
     *
     * @param nodeId names the node in every answer: 1 to 128 visible characters
     * @throws IllegalArgumentException if it is blank, too long or not printable
     */
    public static OpsSidecarBuilder builder(String nodeId) {
        return new OpsSidecarBuilder(nodeId);
    }

    /** Does what begins with the sidecar. If that fails, the sidecar is closed, and no balancer had the time to notice it. */
    void begin(List<StartWork> startWork) {
        try {
            startWork.forEach(work -> work.run(context));
        } catch (Throwable e) { // The host's code; an error of it must not leave a port open either.
            close(Duration.ZERO);
            throw e;
        }
    }

    /** Where the sidecar listens, with the port that the system chose if it was asked to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What the sidecar answers at this moment. One volatile read. */
    public HealthReport health() {
        return monitor.report();
    }

    /**
     * Takes the node out of traffic: {@code /ready} and {@code /health/quick} answer 503 from now on, whatever the checks say.
     * Everything else goes on as before until {@link #close()}.
     */
    public void drain() {
        monitor.drain();
        server.drain();
    }

    /** Closes with the delay that was set when the sidecar was built; see {@link #close(Duration)}. */
    @Override
    public void close() {
        close(drainDelay);
    }

    /**
     * Ends the sidecar, and returns when it is done: drains; answers for the time of the delay, so that balancers notice; runs
     * the host's shutdown work; gives requests in flight up to 5 s; closes the port last. A second call waits for the
     * first. Interrupting the caller cuts the delay short, and nothing else.
     *
     * @param delay how long balancers get to notice, at least 0
     * @throws IllegalArgumentException if the delay is negative
     */
    public void close(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0)");
        }
        if (!closing.compareAndSet(false, true)) {
            await(closed, delay.plus(IN_FLIGHT_PATIENCE.multipliedBy(2)));
            return;
        }
        boolean interrupted = false;
        try {
            drain();
            interrupted = isInterruptedWithin(delay);
            cluster.close(IN_FLIGHT_PATIENCE);
            runShutdownWork();
            server.close(IN_FLIGHT_PATIENCE);
        } finally {
            lanes.close();
            files.close();
            monitor.close();
            trace.close();
            closed.countDown();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits. An interrupt is taken off the thread, since neither the host's work nor requests in flight are to feel it. */
    private static boolean isInterruptedWithin(Duration delay) {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            return Thread.interrupted();
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void runShutdownWork() {
        for (int i = shutdownWork.size() - 1; i >= 0; i--) {
            try {
                shutdownWork.get(i).run();
            } catch (Throwable e) { // The host's code; what it leaves undone must not keep the rest from closing.
                LOG.error("A part of the shutdown failed", e);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static void await(CountDownLatch latch, Duration longest) {
        try {
            boolean early = latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("Waited {}", early ? "until told" : "the whole time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
