package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
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

    public BackupOptions {
        roots = List.copyOf(roots);
        requireNonNull(s3Endpoint, "s3Endpoint");
    }

    static BackupOptions parse(CommandLine line) throws UsageException {
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
}
