package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Whose data a backup holds.
 *
 * @param name of the host's product, such as {@code kv-node}
 * @param version of it, as it tells people
 */
public record Product(String name, String version) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,47}");

    /**
     * @throws IllegalArgumentException if the name is malformed
     */
    public Product {
        requireNonNull(version, "version");
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("product: '" + name + "' (expected: " + ALLOWED + ")");
        }
    }

    /** The name of the field that holds the version, such as {@code kv_node_version}. */
    public String versionField() {
        return name.replace('-', '_') + "_version";
    }
}
