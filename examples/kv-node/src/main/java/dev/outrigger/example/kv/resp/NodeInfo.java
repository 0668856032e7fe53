package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.kv.work.WorkerReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code INFO} shows: sections by name, each with its fields, in this order. */
final class NodeInfo {

    private final ServerFacts facts;
    private final WorkerPool workers;
    private final OpenConnections connections;
    private final long startedNanos = System.nanoTime();

    NodeInfo(ServerFacts facts, WorkerPool workers, OpenConnections connections) {
        this.facts = facts;
        this.workers = workers;
        this.connections = connections;
    }

    Map<String, Map<String, String>> sections() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("Server", server());
        sections.put("Clients", clients());
        sections.put("Workers", workers());
        sections.putAll(facts.sections());
        return sections;
    }

    private Map<String, String> server() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("server_name", facts.product());
        fields.put(facts.product().replace('-', '_') + "_version", facts.version());
        fields.put("process_id", Long.toString(ProcessHandle.current().pid()));
        fields.put(
                "uptime_in_seconds",
                Long.toString(Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds()));
        fields.put("data_directory", facts.data().toString());
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
}
