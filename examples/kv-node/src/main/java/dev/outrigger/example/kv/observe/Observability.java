package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.resp.RequestObserver;
import dev.outrigger.example.kv.store.RecoveryListener;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.metrics.SimpleclientSource;
import dev.outrigger.netty.OpsSidecarBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Everything that the node tells its sidecar: all there is to embedding one. */
public final class Observability {

    /** Once the store is open its checks are right after one second, not after five. */
    private static final Duration STORE_PACE = Duration.ofSeconds(1);

    private final Store store;
    private final WorkerPool workers;
    private final StoreChecks checks;
    private final NodeMetrics metrics;
    private final RespProbe resp = new RespProbe();
    private final ReadinessGate recovery = ReadinessGate.closed("recovery", "the store is being opened");

    public Observability(Store store, WorkerPool workers) {
        this.store = store;
        this.workers = workers;
        this.checks = new StoreChecks(store);
        this.metrics = new NodeMetrics(store);
    }

    /**
     * Gives a sidecar the node's checks, gate, shards, metrics, and the cluster of one that it is.
     *
     * @param node by which name the node is known
     */
    public void contributeTo(OpsSidecarBuilder sidecar, String node, String version) {
        sidecar.cluster(new SoleMember(node, System.currentTimeMillis(), version, store))
                .swarmMode(true)
                .connectivity(resp.asConnectivity())
                .storage(new StoreUsage(store));
        sidecar.check("engine", CheckOptions.liveness(), new WorkersCheck(workers))
                .check("disk", DiskCheck.OPTIONS, new DiskCheck(store.directory()))
                .check("rocksdb", DiskCheck.OPTIONS.interval(STORE_PACE), checks::rocksdb)
                .check("compaction", CheckOptions.readiness().interval(STORE_PACE), checks::compaction)
                .gate(recovery)
                .shards(new StoreShards(store))
                .metrics(SimpleclientSource.of(metrics.registry()));
    }

    /** Returns what counts and times the requests. */
    public RequestObserver requests() {
        return metrics.requests();
    }

    /** Says where clients find the node, which probes that from now on. */
    public void listensAt(InetSocketAddress address) {
        resp.listensAt(address);
    }

    /** Returns what shows how far recovery has come. */
    public RecoveryListener recovery() {
        return recovery::progress;
    }

    /** Lets traffic in: the store is open. */
    public void recovered() {
        recovery.open();
    }
}
