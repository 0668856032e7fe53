package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.resp.RequestObserver;
import dev.outrigger.example.kv.store.Store;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;

/** The node's metrics in a registry of their own: the requests, RocksDB, the JVM. */
final class NodeMetrics {

    private final CollectorRegistry registry = new CollectorRegistry();
    private final RequestMetrics requests = new RequestMetrics(registry);

    /** Registers everything; RocksDB's families appear once the store is open. */
    NodeMetrics(Store store) {
        registry.register(new LsmCollector(store));
        DefaultExports.register(registry);
    }

    /** Returns what counts and times the requests. */
    RequestObserver requests() {
        return requests;
    }

    /** Returns where the sidecar reads all of it. */
    CollectorRegistry registry() {
        return registry;
    }
}
