package dev.outrigger.example.kv;

import dev.outrigger.backup.Backups;
import dev.outrigger.backup.BackupsBuilder;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreBackups;
import dev.outrigger.secrets.SecretStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Puts the backups of a node's tables together: RocksDB checkpoints into a directory or a bucket, and back. */
final class NodeBackups {

    private static final String PRODUCT = "kv-node";

    private NodeBackups() {}

    /**
     * Opens them; work begins when the store is open.
     *
     * @param secrets hold the keys of an object store; without, the AWS SDK looks for them where it always does
     * @throws IllegalArgumentException if a root or the endpoint is not usable
     * @throws IOException if the directory for backups cannot be made, or the node not be named
     */
    static Backups open(BackupOptions options, String version, Store store, Optional<? extends SecretStore> secrets)
            throws IOException {
        StoreBackups tables = new StoreBackups(store);
        Path data = store.directory().path();
        BackupsBuilder builder = Backups.builder(
                        NodeId.of(data, PRODUCT), PRODUCT, version, tables, tables, data.resolve("ops"))
                .startedByHost();
        options.contributeTo(builder, data, secrets);
        return builder.open();
    }
}
