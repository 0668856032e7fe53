package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ConnectivityProbe;
import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.Authenticator;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.StorageUsage;
import dev.outrigger.ops.Extension;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.ops.Registrar;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.secrets.SecretStore;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardRule;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Puts a sidecar together. Each method checks its arguments at once; nothing is opened and no thread begins before
 * {@link #start()}.
 *
 * <p>Used by one thread, for one sidecar.
 */
public final class OpsSidecarBuilder implements Registrar {

    private static final Pattern NODE_ID = Pattern.compile("[!-~]{1,128}");

    private final SidecarSettings settings;

    OpsSidecarBuilder(String nodeId) {
        if (!NODE_ID.matcher(nodeId).matches()) {
            throw new IllegalArgumentException(
                    "node id: '" + nodeId + "' (expected: 1 to 128 visible ASCII characters)");
        }
        this.settings = new SidecarSettings(nodeId);
    }

    /** Sets the version of the host's product, as {@code /} tells it. Default: {@code unknown}. */
    public OpsSidecarBuilder version(String newVersion) {
        settings.version = requireNonNull(newVersion, "version");
        return this;
    }

    /**
     * Sets where to listen. Default: {@code 127.0.0.1}, port 8080.
     *
     * @param host an address of this machine, or {@code 0.0.0.0} for all of them
     * @param port 1 to 65535, or 0 for one that the system chooses
     * @throws IllegalArgumentException if the port is out of range, or the host is unknown
     */
    public OpsSidecarBuilder listen(String host, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        InetSocketAddress resolved = new InetSocketAddress(host, port);
        if (resolved.isUnresolved()) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: an address or a name that resolves)");
        }
        settings.address = resolved;
        return this;
    }

    /** Sets who may call what is not a probe. Without, everybody who reaches the port may. */
    public OpsSidecarBuilder auth(Authenticator newAuthenticator) {
        settings.entry.auth(newAuthenticator);
        return this;
    }

    /**
     * Lets everybody call a route that reads, such as {@code /metrics}, in spite of {@link #auth}.
     *
     * @param path the route's path as it was declared
     * @throws IllegalArgumentException if it is no path; at {@link #start()}, if there is no such route that reads
     */
    public OpsSidecarBuilder anonymous(String path) {
        settings.entry.anonymous(path);
        return this;
    }

    /** Asks for a token on probes too. A kubelet and most balancers cannot send one. */
    public OpsSidecarBuilder protectProbes() {
        settings.entry.protectProbes();
        return this;
    }

    /**
     * Lets nobody in but clients at these addresses, probes included; everybody else gets a 403, or over TLS no answer. Adds to what
     * was allowed before. Default: every address may call.
     *
     * @param ranges addresses, or ranges such as {@code 10.0.0.0/8}, in canonical spelling; never a name
     * @throws IllegalArgumentException if there is none, or one is malformed
     */
    public OpsSidecarBuilder allow(String... ranges) {
        settings.entry.allow(List.of(ranges));
        return this;
    }

    /**
     * Believes proxies at these addresses what they tell in {@code X-Forwarded-For} about where a request comes from; nobody else's
     * word counts. A request whose origin they leave in the dark gets a 403. Default: nobody is believed.
     *
     * @param ranges as {@link #allow} takes them
     * @throws IllegalArgumentException if there is none, or one is malformed
     */
    public OpsSidecarBuilder trustedProxies(String... ranges) {
        settings.entry.trustedProxies(List.of(ranges));
        return this;
    }

    /** Speaks TLS, and nothing else on this port. Its files are read at {@link #start()}. Default: plain HTTP. */
    public OpsSidecarBuilder tls(Tls newTls) {
        settings.entry.tls(newTls);
        return this;
    }

    /**
     * Sets the names under which browsers may reach routes that write, beside {@code localhost} and addresses: without
     * authentication a request under any other name is refused, since a stranger's page may have made that name resolve to here.
     *
     * @throws IllegalArgumentException if one is no name, or has a port
     */
    public OpsSidecarBuilder hostNames(String... names) {
        settings.entry.hostNames(List.of(names));
        return this;
    }

    /** Allows routes that write on an address beyond loopback without authentication, which is refused otherwise. */
    public OpsSidecarBuilder insecureWrites() {
        settings.entry.insecureWrites();
        return this;
    }

    @Override
    public OpsSidecarBuilder check(String name, CheckOptions options, HealthCheck check) {
        settings.health.check(name, options, check);
        return this;
    }

    @Override
    public OpsSidecarBuilder gate(ReadinessGate gate) {
        settings.health.gate(gate);
        return this;
    }

    /** Sets what tells of the shards on this node. Default: there are none. */
    public OpsSidecarBuilder shards(ShardProvider provider) {
        settings.health.shards(provider);
        return this;
    }

    /** Sets the shard that {@code /health/quick} speaks of. Default: 0, or the lowest that is open here. */
    public OpsSidecarBuilder quickShard(int id) {
        settings.health.quickShard(id);
        return this;
    }

    /** Sets what of the shards it takes for the node to be ready. Default: one that is not unavailable, where there are any. */
    public OpsSidecarBuilder shardRule(ShardRule rule) {
        settings.health.shardRule(rule);
        return this;
    }

    /**
     * Sets what tells of the cluster that the node is in. Brings the routes below {@code /cluster}, the readiness check
     * {@code cluster-up}, and a probe of each member whose ops address is known. Default: the node is in none.
     *
     * @throws IllegalArgumentException if it was set before, or another check has that name
     */
    public OpsSidecarBuilder cluster(ClusterProvider provider) {
        settings.cluster.join(requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Adds something that the node has to reach, to be shown by {@code /health/cluster}.
     *
     * @throws IllegalArgumentException if another probe has its name, or a check where it is required
     */
    public OpsSidecarBuilder connectivity(ConnectivityProbe probe) {
        settings.cluster.add(requireNonNull(probe, "probe"));
        return this;
    }

    /** Sets what peers are asked with whose ops addresses begin with {@code https}. Default: the platform's own. */
    public OpsSidecarBuilder peerTls(SSLContext context) {
        settings.cluster.peerTls(requireNonNull(context, "context"));
        return this;
    }

    /**
     * Switches on a route that is off otherwise.
     *
     * @throws IllegalArgumentException at {@link #start()}, if the route lacks what it belongs to
     */
    public OpsSidecarBuilder enable(OptionalRoute route) {
        settings.cluster.enable(requireNonNull(route, "route"));
        return this;
    }

    /**
     * Keeps no figures of who calls, and has no {@code /admin/clients}: for where addresses must not be kept. Default: the last 256
     * clients are known.
     */
    public OpsSidecarBuilder withoutClients() {
        settings.keepsClients = false;
        return this;
    }

    /** Sets what tells how much the host stores, and switches {@code /metrics} on. Default: nothing does. */
    public OpsSidecarBuilder storage(StorageUsage usage) {
        settings.storage = Optional.of(usage);
        return this;
    }

    @Override
    public OpsSidecarBuilder metrics(MetricsSource source) {
        settings.sources.add(requireNonNull(source, "source"));
        return this;
    }

    /** Sets what the names of the sidecar's own metrics begin with. Default: {@code outrigger}. */
    public OpsSidecarBuilder metricsPrefix(String prefix) {
        settings.metricsPrefix = requireNonNull(prefix, "prefix");
        return this;
    }

    @Override
    public OpsSidecarBuilder route(Route route) {
        settings.routes.add(requireNonNull(route, "route"));
        return this;
    }

    @Override
    public OpsSidecarBuilder routes(Function<? super SidecarContext, ? extends List<Route>> routes) {
        settings.extensions.add(requireNonNull(routes, "routes"));
        return this;
    }

    @Override
    public OpsSidecarBuilder ownMetrics(Function<? super SidecarContext, ? extends MetricsSource> source) {
        settings.extensions.addMetrics(requireNonNull(source, "source"));
        return this;
    }

    /** Sets what stands before every path, such as {@code /ops}. Default: nothing. */
    public OpsSidecarBuilder pathPrefix(String prefix) {
        settings.pathPrefix = requireNonNull(prefix, "prefix");
        return this;
    }

    /**
     * Sets what stands before the paths of the admin API, behind {@link #pathPrefix}. Default: {@code /api/v1}.
     *
     * @throws IllegalArgumentException if it is neither empty nor {@code /literal} segments
     */
    public OpsSidecarBuilder adminPrefix(String prefix) {
        settings.admin = settings.admin.withPrefix(prefix);
        return this;
    }

    /**
     * Tells whether this is a single node. Secrets can be changed on such a one only. Default: it is, unless it is in a
     * cluster.
     */
    public OpsSidecarBuilder swarmMode(boolean singleNode) {
        settings.admin = settings.admin.withSwarmMode(singleNode);
        return this;
    }

    /**
     * Opens the routes that list and change secrets, and never tell one. The store stays the host's, to be closed after the
     * sidecar. Default: there are no such routes.
     */
    public OpsSidecarBuilder secrets(SecretStore store) {
        settings.admin = settings.admin.withSecrets(store);
        return this;
    }

    /** Plugs in an extension. */
    public OpsSidecarBuilder install(Extension extension) {
        extension.install(this);
        return this;
    }

    /**
     * Plugs in every extension that {@link ServiceLoader} finds by a class loader. Off unless called: what happens to lie on
     * the class path does not open routes by itself.
     *
     * @throws java.util.ServiceConfigurationError if one of them cannot be loaded
     */
    public OpsSidecarBuilder installDiscovered(ClassLoader loader) {
        ServiceLoader.load(Extension.class, loader).forEach(this::install);
        return this;
    }

    /**
     * Sets how long the sidecar answers 503 on {@code /ready} before it ends, so that balancers notice. Default: 16 s, an
     * interval of 5 s times three failures, and one more.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public OpsSidecarBuilder drainDelay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("drain delay: " + delay + " (expected: >= 0)");
        }
        settings.drainDelay = delay;
        return this;
    }

    @Override
    public OpsSidecarBuilder whenStarted(StartWork work) {
        settings.extensions.startWork.add(requireNonNull(work, "work"));
        return this;
    }

    @Override
    public OpsSidecarBuilder whenDrained(ShutdownWork work) {
        settings.extensions.shutdownWork.add(requireNonNull(work, "work"));
        return this;
    }

    /** Lends one event loop of the host's own, which is not closed with the sidecar. Default: one of the sidecar's own. */
    public OpsSidecarBuilder eventLoops(EventLoopGroup group) {
        settings.eventLoops = Optional.of(group);
        return this;
    }

    /** Lends the threads that checks run on: one each while it runs, never the caller's. Default: the sidecar's own. */
    public OpsSidecarBuilder checkExecutor(Executor executor) {
        settings.health.executor(executor);
        return this;
    }

    /** Sets the clocks. Default: {@link System#nanoTime()} and the system's. */
    public OpsSidecarBuilder clocks(LongSupplier newNanoTime, InstantSource newWallClock) {
        settings.nanoTime = requireNonNull(newNanoTime, "nanoTime");
        settings.wallClock = requireNonNull(newWallClock, "wallClock");
        settings.health.clocks(newNanoTime, newWallClock);
        return this;
    }

    /**
     * Opens the port, and begins to check.
     *
     * @throws IllegalArgumentException if settings contradict each other: two routes for one path, an anonymous path that no
     *     route has, routes that write open to everybody
     * @throws dev.outrigger.file.UnusableFileException if a certificate, key or key store cannot be used
     * @throws SidecarStartException if the address cannot be bound
     */
    public OpsSidecar start() {
        return new SidecarAssembly(settings).start();
    }
}
