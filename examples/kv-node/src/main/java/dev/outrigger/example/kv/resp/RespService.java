package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreTables;
import dev.outrigger.example.kv.work.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is behind the port.
 *
 * @param store answers the commands on keys; may still be loading
 * @param workers run the commands; as many may wait as there may be connections
 * @param observer is told of each command
 * @param version what to call this server's version
 */
public record RespService(Store store, WorkerPool workers, RequestObserver observer, String version) {

    public RespService {
        requireNonNull(store, "store");
        requireNonNull(workers, "workers");
        requireNonNull(observer, "observer");
        requireNonNull(version, "version");
    }

    CommandTable commands(OpenConnections connections) {
        NodeInfo info = new NodeInfo(store, workers, connections, version);
        List<CommandSpec> specs = new ArrayList<>(new KeyCommands(store).specs());
        specs.add(new ScanCommand(store).spec());
        specs.addAll(new TableCommands(new StoreTables(store)).specs());
        specs.addAll(new ConnectionCommands(version).specs());
        specs.addAll(new ServerCommands(info, settings(connections)).specs());
        return new CommandTable(specs, observer);
    }

    /** What {@code redis-benchmark} asks before it starts, and prints; there are no snapshots, and there is a log. */
    private static Map<String, String> settings(OpenConnections connections) {
        return Map.of(
                "appendonly", "yes", "save", "", "databases", "1", "maxclients", Integer.toString(connections.limit()));
    }
}
