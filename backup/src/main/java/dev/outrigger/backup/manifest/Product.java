package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose data a backup holds.
 *
 * @param name of the host's product, such as {@code kv-node}
 * @param version of it, as it tells people
 */
public record Product(String name, String version) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,47}");

    /** A manifest has fields of these names, for its own version and its reader's. */
    private static final Set<String> RESERVED = Set.of("format_version", "min_reader_version");

    /**
     * @throws IllegalArgumentException if the name is malformed
     */
    public Product {
        requireNonNull(version, "version");
        if (!ALLOWED.matcher(name).matches() || RESERVED.contains(versionField(name))) {
            throw new IllegalArgumentException(
                    "product: '" + name + "' (expected: " + ALLOWED + ", not 'format', not 'min_reader')");
        }
    }

    /** The name of the field that holds the version, such as {@code kv_node_version}. */
    public String versionField() {
        return versionField(name);
    }

    private static String versionField(String name) {
        return name.replace('-', '_') + "_version";
    }
}
