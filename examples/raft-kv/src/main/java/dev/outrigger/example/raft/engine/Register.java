package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

/**
 * A value that all nodes agree on.
 *
 * @param key its name
 * @param version changes with each write and never comes again, not even after the register was removed; > 0
 * @param value what was written; not copied
 */
public record Register(String key, long version, byte[] value) {

    /** The version that a register has that does not exist. */
    public static final long ABSENT = 0;

    /**
     * @throws IllegalArgumentException if the version is not positive
     */
    public Register {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        if (version <= ABSENT) {
            throw new IllegalArgumentException("version: " + version + " (expected: > 0)");
        }
    }
}
