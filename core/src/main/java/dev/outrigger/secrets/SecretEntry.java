package dev.outrigger.secrets;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be told of a secret: everything but its value.
 *
 * @param key names it
 * @param status where it is configured
 * @param createdAt when it was first put into the keystore; empty where it is not there
 * @param updatedAt when it was last put there; empty where it is not there
 */
public record SecretEntry(
        SecretKey key, SecretStatus status, Optional<Instant> createdAt, Optional<Instant> updatedAt) {

    public SecretEntry {
        requireNonNull(key, "key");
        requireNonNull(status, "status");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(updatedAt, "updatedAt");
    }
}
