package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * The space of one bucket of one tenant. Immutable.
 *
 * @param tenant whose it is; empty where the host has no tenants
 * @param bucket what it is, such as a table, a volume or a directory
 * @param usedBytes what is stored
 * @param capacityBytes what could be, where there is a bound
 */
public record StorageSpace(String tenant, String bucket, long usedBytes, OptionalLong capacityBytes) {

    /**
     * @throws IllegalArgumentException if a size is negative
     */
    public StorageSpace {
        requireNonNull(tenant, "tenant");
        requireNonNull(bucket, "bucket");
        if (usedBytes < 0 || capacityBytes.orElse(0) < 0) {
            throw new IllegalArgumentException("bytes of " + bucket + ": negative (expected: >= 0)");
        }
    }

    /** A space with a bound. */
    public static StorageSpace of(String tenant, String bucket, long usedBytes, long capacityBytes) {
        return new StorageSpace(tenant, bucket, usedBytes, OptionalLong.of(capacityBytes));
    }

    /** A space without a bound. */
    public static StorageSpace unbounded(String tenant, String bucket, long usedBytes) {
        return new StorageSpace(tenant, bucket, usedBytes, OptionalLong.empty());
    }
}
