package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.BackupsBuilder;
import dev.outrigger.backup.location.S3Credentials;
import dev.outrigger.backup.location.S3Settings;
import dev.outrigger.secrets.SecretKey;
import dev.outrigger.secrets.SecretStore;
import dev.outrigger.secrets.SecretValue;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a node's backups may go.
 *
 * @param roots locations, {@code file:///…} or {@code s3://bucket/prefix}; none for the directory {@code backups} beside the data
 * @param s3Endpoint an object store other than Amazon's
 */
public record BackupOptions(List<String> roots, Optional<URI> s3Endpoint) {

    /** Beside the data, and nowhere else. */
    public static final BackupOptions DEFAULT = new BackupOptions(List.of(), Optional.empty());

    private static final String FILE = "file://";
    private static final String S3 = "s3://";
    private static final SecretKey ACCESS_KEY = new SecretKey("s3.access_key");
    private static final SecretKey SECRET_KEY = new SecretKey("s3.secret_key");

    public BackupOptions {
        roots = List.copyOf(roots);
        requireNonNull(s3Endpoint, "s3Endpoint");
    }

    /**
     * Takes it out of a command line.
     *
     * @throws UsageException if an option is not usable
     */
    public static BackupOptions parse(CommandLine line) throws UsageException {
        List<String> roots = new ArrayList<>();
        for (String root : line.texts("--backup-root")) {
            boolean isLocation = root.startsWith(FILE) || root.startsWith(S3);
            roots.add(isLocation ? root : FILE + Path.of(root).toAbsolutePath().normalize());
        }
        return new BackupOptions(roots, endpoint(line.text("--s3-endpoint")));
    }

    private static Optional<URI> endpoint(Optional<String> text) throws UsageException {
        try {
            return text.isPresent() ? Optional.of(new URI(text.get())) : Optional.empty();
        } catch (URISyntaxException e) {
            throw new UsageException("--s3-endpoint: not usable (expected: http://host:port)");
        }
    }

    /**
     * Tells the backups of a node.
     *
     * @param data the node's directory
     * @param secrets hold the keys of an object store; without, the AWS SDK looks for them where it always does
     * @throws IllegalArgumentException if a root or the endpoint is not usable
     * @throws IOException if the directory for backups cannot be made
     */
    public void contributeTo(BackupsBuilder builder, Path data, Optional<? extends SecretStore> secrets)
            throws IOException {
        builder.s3(s3(secrets));
        for (String root : roots.isEmpty() ? beside(data) : roots) {
            builder.root(root);
        }
    }

    private static List<String> beside(Path data) throws IOException {
        Path backups = data.resolve("backups");
        Files.createDirectories(backups);
        return List.of("file://" + backups);
    }

    private S3Settings s3(Optional<? extends SecretStore> secrets) {
        S3Settings.Builder settings = S3Settings.builder();
        s3Endpoint.ifPresent(settings::endpoint);
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
