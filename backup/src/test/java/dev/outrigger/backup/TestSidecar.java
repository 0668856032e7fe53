package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.Lifecycle;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteMatch;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.AuditEvents;
import dev.outrigger.ops.CallLane;
import dev.outrigger.ops.Registrar;
import dev.outrigger.ops.SidecarContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** A sidecar without a transport: takes one extension, and answers requests on the caller's thread. */
final class TestSidecar implements Registrar, SidecarContext {

    final TestLoop loop = new TestLoop();
    final List<ReadinessGate> gates = new ArrayList<>();
    final List<MetricsSource> sources = new ArrayList<>();
    private final List<Function<? super SidecarContext, ? extends List<Route>>> routes = new ArrayList<>();
    private final List<StartWork> startWork = new ArrayList<>();
    private final List<ShutdownWork> shutdownWork = new ArrayList<>();
    private final String pathPrefix;
    private RouteTable table = RouteTable.of("", List.of());
    volatile Lifecycle lifecycle = Lifecycle.STARTING;
    volatile boolean laneClosed;

    TestSidecar() {
        this("");
    }

    TestSidecar(String pathPrefix) {
        this.pathPrefix = pathPrefix;
    }

    /** Opens the port, so to speak, and then has what was plugged in begin. */
    TestSidecar listen() {
        List<Route> all = new ArrayList<>();
        routes.forEach(part -> all.addAll(part.apply(this)));
        table = RouteTable.of("", all);
        return this;
    }

    TestSidecar start() {
        listen();
        startWork.forEach(work -> work.run(this));
        lifecycle = Lifecycle.RUNNING;
        return this;
    }

    /** Closes as a sidecar does that has drained. */
    void close() throws Exception {
        lifecycle = Lifecycle.DRAINING;
        for (ShutdownWork work : shutdownWork) {
            work.run();
        }
        lifecycle = Lifecycle.CLOSED;
    }

    /** The paths of all routes. */
    List<String> paths() {
        return routes.stream()
                .flatMap(part -> part.apply(this).stream())
                .map(route -> route.path().toString())
                .toList();
    }

    /** Hands a request to its route. */
    Response ask(TestRequest request) {
        RouteMatch match = table.match(request.path()).orElseThrow();
        try {
            return match.routes()
                    .route(request.method())
                    .orElseThrow()
                    .handler()
                    .handle(request.matched(match.parameters()));
        } catch (ProblemException problem) {
            return problem.problem().toResponse(request.requestId());
        } catch (Exception failure) {
            // As every transport answers what no handler expects.
            return Response.json(500, ("unexpected: " + failure).getBytes(UTF_8));
        }
    }

    @Override
    public Registrar check(String name, CheckOptions options, HealthCheck check) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registrar gate(ReadinessGate gate) {
        gates.add(gate);
        return this;
    }

    @Override
    public Registrar metrics(MetricsSource source) {
        sources.add(source);
        return this;
    }

    @Override
    public Registrar route(Route route) {
        return routes(sidecar -> List.of(route));
    }

    @Override
    public Registrar routes(Function<? super SidecarContext, ? extends List<Route>> part) {
        routes.add(part);
        return this;
    }

    @Override
    public Registrar ownMetrics(Function<? super SidecarContext, ? extends MetricsSource> source) {
        sources.add(source.apply(this));
        return this;
    }

    @Override
    public Registrar whenStarted(StartWork work) {
        startWork.add(work);
        return this;
    }

    @Override
    public Registrar whenDrained(ShutdownWork work) {
        shutdownWork.add(work);
        return this;
    }

    @Override
    public String nodeId() {
        return "node-1";
    }

    @Override
    public String version() {
        return "1.0";
    }

    @Override
    public String pathPrefix() {
        return pathPrefix;
    }

    @Override
    public String adminPrefix() {
        return "/api/v1";
    }

    @Override
    public String metricsPrefix() {
        return "outrigger";
    }

    @Override
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    @Override
    public Optional<ClusterProvider> cluster() {
        return Optional.empty();
    }

    @Override
    public AuditEvents audit() {
        return AuditEvents.toLog();
    }

    @Override
    public TestLoop loop() {
        return loop;
    }

    @Override
    public CallLane lane() {
        return new CallLane() {

            @Override
            public void execute(Runnable task) {
                if (laneClosed) {
                    throw new RejectedExecutionException("closed");
                }
                task.run();
            }

            @Override
            public void writeOff() {}

            @Override
            public void takeBack() {}
        };
    }
}
