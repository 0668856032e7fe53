package dev.outrigger.netty;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.StorageUsage;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the builder was told, with what holds where it was told nothing. Each value has been checked. Used by one thread. */
final class SidecarSettings {

    final String nodeId;
    final HealthMonitorBuilder health = HealthMonitor.builder();
    final EntrySettings entry = new EntrySettings();
    final ClusterSettings cluster = new ClusterSettings(health, () -> this.nanoTime.getAsLong());
    final List<MetricsSource> sources = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final ExtensionSettings extensions = new ExtensionSettings();
    String version = "unknown";
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
    Optional<EventLoopGroup> eventLoops = Optional.empty();
    AdminApi admin = AdminApi.DEFAULT;
    Optional<StorageUsage> storage = Optional.empty();
    Duration drainDelay = Duration.ofSeconds(16);
    String pathPrefix = "";
    boolean keepsClients = true;
    String metricsPrefix = "outrigger";
    LongSupplier nanoTime = System::nanoTime;
    InstantSource wallClock = InstantSource.system();

    SidecarSettings(String nodeId) {
        this.nodeId = nodeId;
    }
}
