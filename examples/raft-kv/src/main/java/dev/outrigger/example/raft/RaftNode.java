package dev.outrigger.example.raft;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.Backups;
import dev.outrigger.example.kv.Parts;
import dev.outrigger.example.kv.resp.RespLimits;
import dev.outrigger.example.kv.resp.RespServer;
import dev.outrigger.example.kv.resp.RespService;
import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.EngineSettings;
import dev.outrigger.example.raft.engine.MemberAddress;
import dev.outrigger.example.raft.observe.Observability;
import dev.outrigger.example.raft.observe.RaftFacts;
import dev.outrigger.example.raft.tables.ClusterTables;
import dev.outrigger.netty.OpsSidecar;
import dev.outrigger.netty.OpsSidecarBuilder;
import dev.outrigger.ops.OptionalRoute;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * All parts of one node, put together. Started once, closed once, by any thread.
 *
 * <p>The sidecar comes first and goes last, so that somebody answers for the node while it catches up and until everything else is closed.
 * RESP listens before the engine has started too, and answers {@code -LOADING} as Redis does. When a node has drained others come to lead
 * what it leads, before it takes no more requests.
 */
final class RaftNode implements AutoCloseable {

    private static final String NAME = "raft-kv";

    /** A worker waits for a majority to write, for milliseconds in which it costs nothing but its stack: so many clients do at once. */
    private static final int WORKERS = 64;

    private final MemberAddress self;
    private final Options options;
    private final Parts parts = new Parts();
    private final Parts sidecars = new Parts();

    /**
     * Prepares a node. Nothing is opened yet.
     *
     * @param self which of the layout's nodes it is
     */
    RaftNode(MemberAddress self, Options options) {
        this.self = requireNonNull(self, "self");
        this.options = requireNonNull(options, "options");
    }

    /**
     * Opens everything and returns when the node answers, which it does with {@code -CLUSTERDOWN} until enough others are there.
     *
     * @throws IOException if a port cannot be bound, or the data not be read
     * @throws dev.outrigger.netty.SidecarStartException if the sidecar's port cannot be bound
     * @throws dev.outrigger.example.kv.store.StoreException if the data directory cannot be used, or the node is closed meanwhile
     */
    void start() throws IOException {
        DataDirectory directory =
                parts.add("data directory", DataDirectory.open(options.data().resolve(self.id())));
        Engine engine = parts.add("engine", new Engine(settings(directory)));
        WorkerPool workers = parts.add("workers", new WorkerPool(WORKERS, RespLimits.DEFAULT.maxConnections()));
        workers.start();
        Observability observability = parts.add("observability", new Observability(engine, self, workers, directory));
        Backups backups = parts.add("backups", NodeBackups.open(options, version(), engine, directory.path()));
        sidecars.add("sidecar", sidecar(observability, backups));
        RespServer resp = parts.add("RESP server", respServer(engine, directory, workers, observability));
        observability.listensAt(resp.address());
        engine.start();
        observability.start();
        backups.start();
        if (options.node().isPresent()) { // else the others stop too
            parts.add("leadership", engine.membership()::handOver);
        }
    }

    /** Drains, stops in order, and waits for that. May be called while {@link #start()} is at work, which then fails. */
    @Override
    public void close() {
        sidecars.close(); // which closes the other parts when it has drained
        parts.close();
    }

    private EngineSettings settings(DataDirectory directory) {
        return EngineSettings.builder(self, options.layout().members(), directory.path())
                .joining(options.join())
                .build();
    }

    private OpsSidecar sidecar(Observability observability, Backups backups) throws IOException {
        OpsSidecarBuilder builder = OpsSidecar.builder(NAME + "-" + self.id())
                .version(version())
                .listen(self.host(), self.opsPort())
                .drainDelay(options.drain())
                .whenDrained(parts::close);
        options.access().contributeTo(builder);
        options.peers().tls().ifPresent(builder::peerTls);
        observability.contributeTo(builder, options.access().isTls() ? "https" : "http", version());
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
        InetSocketAddress address = new InetSocketAddress(self.host(), 0);
        return options.access().asksWho()
                || (!address.isUnresolved() && address.getAddress().isLoopbackAddress());
    }

    private RespServer respServer(
            Engine engine, DataDirectory directory, WorkerPool workers, Observability observability)
            throws IOException {
        RespService service = new RespService(
                engine.keys(),
                new ClusterTables(engine.keys()),
                workers,
                observability.requests(),
                new RaftFacts(engine, directory.path(), version()));
        return RespServer.start(new InetSocketAddress(self.host(), self.respPort()), service, RespLimits.DEFAULT);
    }

    private static String version() {
        String version = RaftNode.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
