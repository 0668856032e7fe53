package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.observe.DiskCheck;
import dev.outrigger.example.kv.observe.RequestMetrics;
import dev.outrigger.example.kv.observe.RespProbe;
import dev.outrigger.example.kv.observe.WorkersCheck;
import dev.outrigger.example.kv.resp.RequestObserver;
import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.MemberAddress;
import dev.outrigger.health.CheckOptions;
import dev.outrigger.metrics.SimpleclientSource;
import dev.outrigger.netty.OpsSidecarBuilder;
import dev.outrigger.shard.ShardRule;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Everything that the node tells its sidecar, and the threads that find it out. Started once, closed once. */
public final class Observability implements AutoCloseable {

    /** Once a replica fails or is well again the check is right after one second, not after five. */
    private static final CheckOptions REPLICAS = CheckOptions.readiness().interval(Duration.ofSeconds(1));

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration TURN = Duration.ofMillis(500);

    private final Engine engine;
    private final MemberAddress self;
    private final WorkersCheck workers;
    private final DiskCheck disk;
    private final LeaderWatch leaders = new LeaderWatch(System::nanoTime);
    private final Noticeboard board;
    private final StartupGate startup;
    private final RespProbe resp = new RespProbe();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final Pace looks;
    private final Pace turns;

    /**
     * Prepares everything; {@link #start()} begins.
     *
     * @param self this node
     */
    public Observability(Engine engine, MemberAddress self, WorkerPool workers, DataDirectory directory) {
        this.engine = requireNonNull(engine, "engine");
        this.self = requireNonNull(self, "self");
        this.workers = new WorkersCheck(workers);
        this.disk = new DiskCheck(directory);
        this.board = new Noticeboard(engine, self.id());
        this.startup = new StartupGate(engine::divisions, engine.membership().groups());
        this.looks = new Pace("raft-looks-" + self.id(), LOOK, this::look);
        this.turns = new Pace("raft-board-" + self.id(), TURN, board::turn);
    }

    /**
     * Gives a sidecar the node's cluster, checks, gate, shards and metrics.
     *
     * @param scheme in which the members' sidecars are asked: {@code http} or {@code https}
     */
    public void contributeTo(OpsSidecarBuilder sidecar, String scheme, String version) {
        RaftCluster.MemberFacts facts = new RaftCluster.MemberFacts(scheme, version);
        RaftShards shards =
                new RaftShards(engine::divisions, engine.keys().shards(), self.id(), board, leaders, engine::onChange);
        registry.register(new RaftCollector(engine::divisions, leaders, self.id()));
        DefaultExports.register(registry);
        // Any node serves any key, so one replica that is being healed is no reason to leave traffic; a minority has
        // none that serves.
        sidecar.shardRule(ShardRule.anyAvailable())
                .cluster(new RaftCluster(engine, self, board, leaders, facts))
                .connectivity(resp.asConnectivity())
                .check("engine", CheckOptions.liveness(), workers)
                .check("disk", DiskCheck.OPTIONS, disk)
                .check("replicas", REPLICAS, new ReplicasCheck(engine::divisions))
                .gate(startup.gate())
                .shards(shards)
                .metrics(SimpleclientSource.of(registry));
    }

    /** Returns what counts and times the requests. */
    public RequestObserver requests() {
        return requests;
    }

    /** Says where clients find the node, which probes that from now on. */
    public void listensAt(InetSocketAddress address) {
        resp.listensAt(address);
    }

    /** Begins to look: the engine has started. */
    public void start() {
        looks.start();
        turns.start();
    }

    private void look() {
        leaders.look(engine.divisions());
        startup.look();
    }

    @Override
    public void close() {
        turns.close();
        looks.close();
    }
}
