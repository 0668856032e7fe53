package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.observe.NodeMetrics;
import dev.outrigger.example.kv.resp.RespLimits;
import dev.outrigger.example.kv.resp.RespServer;
import dev.outrigger.example.kv.resp.RespService;
import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.PeriodicSync;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.work.WorkerPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** All parts of one node, put together. Started once, closed once, by any thread. */
public final class Node implements AutoCloseable {

    private static final Duration SYNC_PACE = Duration.ofSeconds(1);
    private static final int LEAST_WORKERS = 2;
    private static final int MOST_WORKERS = 8;

    private final Options options;
    private final Parts parts = new Parts();

    public Node(Options options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Opens everything and returns when the node serves.
     *
     * @throws IOException if a port cannot be bound
     * @throws dev.outrigger.example.kv.store.StoreException if the data cannot be opened
     */
    public RunningNode start() throws IOException {
        Store store = parts.add(
                "store", new Store(parts.add("data directory", DataDirectory.open(options.data()))));
        NodeMetrics metrics = new NodeMetrics(store);
        WorkerPool workers = parts.add("workers", workers());
        workers.start();
        RespServer resp = parts.add("RESP server", respServer(new RespService(store, workers, metrics.requests(), version())));
        store.open((done, total, phase) -> {});
        parts.add("sync", new PeriodicSync(store)).start(SYNC_PACE);
        return new RunningNode(resp.address(), store.directory().path());
    }

    /** Stops in order, and waits for that. May be called while {@link #start()} is at work, which then fails. */
    @Override
    public void close() {
        parts.close();
    }

    private static WorkerPool workers() {
        int size = Math.max(LEAST_WORKERS, Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS));
        return new WorkerPool(size, RespLimits.DEFAULT.maxConnections());
    }

    private RespServer respServer(RespService service) throws IOException {
        // RESP has no password here, so it stays on loopback; the sidecar's address is the user's to choose.
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        return RespServer.start(address, service, RespLimits.DEFAULT);
    }

    private static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
