package dev.outrigger.backup.location;

import static java.util.Objects.requireNonNull;

/**
 * What a store tells of an object without reading it.
 *
 * @param name what it is called
 * @param bytes how long it is
 * @param version changes whenever other content is put under the name: an ETag, or what a file system knows of a file
 */
public record StoredObject(ObjectName name, long bytes, String version) {

    public StoredObject {
        requireNonNull(name, "name");
        requireNonNull(version, "version");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + name + ": " + bytes + " (expected: >= 0)");
        }
    }
}
