package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.Backups;
import dev.outrigger.example.kv.observe.Observability;
import dev.outrigger.example.kv.observe.StoreFacts;
import dev.outrigger.example.kv.resp.RequestObserver;
import dev.outrigger.example.kv.resp.RespLimits;
import dev.outrigger.example.kv.resp.RespServer;
import dev.outrigger.example.kv.resp.RespService;
import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.PeriodicSync;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreTables;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.netty.OpsSidecar;
import dev.outrigger.netty.OpsSidecarBuilder;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.secrets.Keystore;
import dev.outrigger.secrets.KeystorePassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * All parts of one node, put together. Started once, closed once, by any thread.
 *
 * <p>The sidecar comes first and goes last, so that somebody answers for the node during recovery and until everything else is
 * closed. RESP listens during recovery too, and answers {@code -LOADING} as Redis does.
 */
public final class Node implements AutoCloseable {

    private static final String NAME = "kv-node";
    private static final Duration SYNC_PACE = Duration.ofSeconds(1);
    private static final int LEAST_WORKERS = 2;
    private static final int MOST_WORKERS = 8;

    private final Options options;
    private final Parts parts = new Parts();
    private final Parts sidecars = new Parts();

    public Node(Options options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Opens everything and returns when the node serves.
     *
     * @throws IOException if the RESP port cannot be bound, or the place of backups not be opened
     * @throws dev.outrigger.netty.SidecarStartException if the sidecar's cannot
     * @throws dev.outrigger.secrets.SecretStoreException if there is a password for the secrets, and it is wrong
     * @throws dev.outrigger.example.kv.store.StoreException if the data cannot be opened, or the node is closed meanwhile
     */
    public RunningNode start() throws IOException {
        Store store = parts.add("store", new Store(parts.add("data directory", DataDirectory.open(options.data()))));
        WorkerPool workers = parts.add("workers", workers());
        workers.start();
        Observability observability = new Observability(store, workers);
        Optional<Keystore> secrets = secrets(store.directory().path());
        Backups backups = parts.add("backups", NodeBackups.open(options.backups(), version(), store, secrets));
        OpsSidecar sidecar = sidecars.add("sidecar", sidecar(observability, secrets, backups));
        RespService service = service(store, workers, observability.requests());
        RespServer resp = parts.add("RESP server", respServer(service));
        observability.listensAt(resp.address());
        store.open(observability.recovery());
        parts.add("sync", new PeriodicSync(store)).start(SYNC_PACE);
        backups.start();
        observability.recovered();
        return new RunningNode(
                resp.address(), sidecar.address(), store.directory().path(), options.access());
    }

    /** Drains, stops in order, and waits for that. May be called while {@link #start()} is at work, which then fails. */
    @Override
    public void close() {
        sidecars.close(); // which closes the other parts when it has drained
        parts.close();
    }

    private static WorkerPool workers() {
        int size = Math.max(LEAST_WORKERS, Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS));
        return new WorkerPool(size, RespLimits.DEFAULT.maxConnections());
    }

    private static RespService service(Store store, WorkerPool workers, RequestObserver observer) {
        return new RespService(
                store, new StoreTables(store), workers, observer, new StoreFacts(store, NAME, version()));
    }

    private Optional<Keystore> secrets(Path data) {
        Optional<KeystorePassword> password = NodeSecrets.password(options.keystorePassword());
        return password.map(known -> parts.add("secrets", NodeSecrets.open(data, known)));
    }

    private OpsSidecar sidecar(Observability observability, Optional<Keystore> secrets, Backups backups) {
        OpsSidecarBuilder builder = OpsSidecar.builder(NAME)
                .version(version())
                .listen(options.opsAddress(), options.opsPort())
                .drainDelay(options.drain())
                .whenDrained(parts::close);
        options.access().contributeTo(builder);
        secrets.ifPresent(builder::secrets);
        observability.contributeTo(builder, NAME, version());
        builder.enable(OptionalRoute.ADMIN_THREADS).enable(OptionalRoute.ADMIN_TRANSITIONS);
        if (mayBeOperated()) {
            builder.enable(OptionalRoute.CLUSTER_LEAVE)
                    .enable(OptionalRoute.CLUSTER_DOWN)
                    .enable(OptionalRoute.ADMIN_JFR)
                    .install(backups);
        }
        return builder.start();
    }

    /** Routes that write are not opened to whoever reaches the port from elsewhere. */
    private boolean mayBeOperated() {
        return options.access().asksWho()
                || new InetSocketAddress(options.opsAddress(), 0).getAddress().isLoopbackAddress();
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
