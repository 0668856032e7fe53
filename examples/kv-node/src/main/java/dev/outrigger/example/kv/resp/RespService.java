package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.TableSpace;
import dev.outrigger.example.kv.work.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is behind the port.
 *
 * @param keys answers the commands on keys; may still be loading
 * @param tables answers the commands on whole tables; likewise
 * @param workers run the commands; as many may wait as there may be connections
 * @param observer is told of each command
 * @param facts what the server tells of itself
 */
public record RespService(
        KeySpace keys, TableSpace tables, WorkerPool workers, RequestObserver observer, ServerFacts facts) {

    public RespService {
        requireNonNull(keys, "keys");
        requireNonNull(tables, "tables");
        requireNonNull(workers, "workers");
        requireNonNull(observer, "observer");
        requireNonNull(facts, "facts");
    }

    CommandTable commands(OpenConnections connections) {
        NodeInfo info = new NodeInfo(facts, workers, connections);
        List<CommandSpec> specs = new ArrayList<>(new KeyCommands(keys).specs());
        specs.add(new ScanCommand(keys).spec());
        specs.addAll(new TableCommands(tables).specs());
        specs.addAll(new ConnectionCommands(facts.product(), facts.version()).specs());
        specs.addAll(new ServerCommands(info, settings(connections)).specs());
        return new CommandTable(specs, observer);
    }

    /** What {@code redis-benchmark} asks before it starts, and prints; there are no snapshots, and there is a log. */
    private static Map<String, String> settings(OpenConnections connections) {
        return Map.of(
                "appendonly", "yes", "save", "", "databases", "1", "maxclients", Integer.toString(connections.limit()));
    }
}
