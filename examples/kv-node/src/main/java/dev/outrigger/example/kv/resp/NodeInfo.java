package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.ShardView;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.kv.work.WorkerReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code INFO} shows: sections by name, each with its fields, in this order. */
final class NodeInfo {

    private final Store store;
    private final WorkerPool workers;
    private final OpenConnections connections;
    private final String version;
    private final long startedNanos = System.nanoTime();

    NodeInfo(Store store, WorkerPool workers, OpenConnections connections, String version) {
        this.store = store;
        this.workers = workers;
        this.connections = connections;
        this.version = version;
    }

    Map<String, Map<String, String>> sections() {
        List<ShardView> shards = store.shards();
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("Server", server());
        sections.put("Clients", clients());
        sections.put("Workers", workers());
        sections.put("Slots", slots(shards));
        sections.put("Shards", shards(shards));
        return sections;
    }

    private Map<String, String> server() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("server_name", "kv-node");
        fields.put("kv_node_version", version);
        fields.put("process_id", Long.toString(ProcessHandle.current().pid()));
        fields.put(
                "uptime_in_seconds",
                Long.toString(Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds()));
        fields.put("data_directory", store.directory().path().toString());
        return fields;
    }

    private Map<String, String> clients() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("connected_clients", Integer.toString(connections.size()));
        fields.put("maxclients", Integer.toString(connections.limit()));
        fields.put("total_connections_received", Long.toString(connections.accepted()));
        return fields;
    }

    private Map<String, String> workers() {
        WorkerReport report = workers.report();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("workers", Integer.toString(report.expected()));
        fields.put("workers_alive", Integer.toString(report.alive()));
        fields.put("workers_busy", Integer.toString(report.busy()));
        fields.put("connections_waiting", Integer.toString(report.waiting()));
        return fields;
    }

    private static Map<String, String> slots(List<ShardView> shards) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("total_slots", Integer.toString(HashSlot.COUNT));
        fields.put("open_slots", Integer.toString(shards.size()));
        return fields;
    }

    private static Map<String, String> shards(List<ShardView> shards) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (ShardView shard : shards) {
            fields.put(
                    "shard_" + shard.id(),
                    "slots=%d-%d,health=%s,commit_index=%d"
                            .formatted(
                                    shard.range().first(),
                                    shard.range().last(),
                                    shard.health().name().toLowerCase(Locale.ROOT),
                                    shard.commitIndex()));
        }
        return fields;
    }
}
