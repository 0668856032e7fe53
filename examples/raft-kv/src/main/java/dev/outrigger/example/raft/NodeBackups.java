package dev.outrigger.example.raft;

import dev.outrigger.backup.Backups;
import dev.outrigger.backup.BackupsBuilder;
import dev.outrigger.example.kv.NodeId;
import dev.outrigger.example.raft.backup.ClusterSource;
import dev.outrigger.example.raft.backup.ClusterTarget;
import dev.outrigger.example.raft.backup.EnginePlacement;
import dev.outrigger.example.raft.backup.MetadataPlans;
import dev.outrigger.example.raft.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a node's part in the backups of the cluster together. */
final class NodeBackups {

    private static final String PRODUCT = "raft-kv";

    private NodeBackups() {}

    /**
     * Opens them; work begins when the engine has started.
     *
     * @param data the node's own directory
     * @throws IllegalArgumentException if a root or the endpoint is not usable
     * @throws IOException if the directory for backups cannot be made, or the node not be named
     */
    static Backups open(Options options, String version, Engine engine, Path data) throws IOException {
        BackupsBuilder builder = Backups.builder(
                        NodeId.of(data, PRODUCT),
                        PRODUCT,
                        version,
                        new ClusterSource(engine, data.resolve("checkpoints")),
                        new ClusterTarget(engine, data),
                        data.resolve("ops"))
                .plans(new MetadataPlans(engine.metadata()))
                .cluster(
                        new EnginePlacement(engine, options.access().isTls() ? "https" : "http"),
                        options.peers().access(options.access()))
                .startedByHost();
        // All nodes have to see one place, so it is beside their directories and not in one of them.
        options.backups().contributeTo(builder, options.data().toAbsolutePath(), Optional.empty());
        return builder.open();
    }
}
