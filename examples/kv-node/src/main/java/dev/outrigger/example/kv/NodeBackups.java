package dev.outrigger.example.kv;

import dev.outrigger.backup.Backups;
import dev.outrigger.backup.BackupsBuilder;
import dev.outrigger.backup.location.S3Credentials;
import dev.outrigger.backup.location.S3Settings;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreBackups;
import dev.outrigger.secrets.SecretKey;
import dev.outrigger.secrets.SecretStore;
import dev.outrigger.secrets.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts the backups of a node's tables together: RocksDB checkpoints into a directory or a bucket, and back. */
final class NodeBackups {

    private static final String PRODUCT = "kv-node";
    private static final SecretKey ACCESS_KEY = new SecretKey("s3.access_key");
    private static final SecretKey SECRET_KEY = new SecretKey("s3.secret_key");

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
                .startedByHost()
                .s3(s3(options, secrets));
        for (String root : options.roots().isEmpty() ? beside(data) : options.roots()) {
            builder.root(root);
        }
        return builder.open();
    }

    private static List<String> beside(Path data) throws IOException {
        Path backups = data.resolve("backups");
        Files.createDirectories(backups);
        return List.of("file://" + backups);
    }

    private static S3Settings s3(BackupOptions options, Optional<? extends SecretStore> secrets) {
        S3Settings.Builder settings = S3Settings.builder();
        options.s3Endpoint().ifPresent(settings::endpoint);
        secrets.filter(store -> credentials(store).isPresent())
                .ifPresent(store -> settings.credentials(() -> credentials(store)
                        .orElseThrow(() -> new IllegalStateException("the keys of the object store are gone"))));
        return settings.build();
    }

    private static Optional<S3Credentials> credentials(SecretStore store) {
        Optional<String> access = store.value(ACCESS_KEY).map(SecretValue::reveal);
        Optional<String> secret = store.value(SECRET_KEY).map(SecretValue::reveal);
        return access.flatMap(key -> secret.map(other -> S3Credentials.of(key, other)));
    }
}
