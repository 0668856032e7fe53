package dev.outrigger.secrets;

import java.util.List;
import java.util.Optional;

/**
 * Secrets by name: what a host reads its credentials from, and what the sidecar's routes list and change.
 *
 * <p>Usually a {@link Keystore}; a host may bring another. Called by many threads at once. Reading answers from memory;
 * changing may wait for a disk. Nothing an implementation logs, throws or shows may hold a value.
 */
public interface SecretStore {

    /** The value of a secret, the keystore's before the environment's; empty where neither has one. */
    Optional<SecretValue> value(SecretKey key);

    /** What there is, without values, ordered by key. */
    List<SecretEntry> entries();

    /**
     * Keeps a value, durably once this returns. The time of creation stays that of the first.
     *
     * @return the entry as it is now
     * @throws SecretStoreException if it could not be kept; then nothing has changed
     */
    SecretEntry put(SecretKey key, SecretValue value);

    /**
     * Removes a value from the keystore. The environment stays as it is.
     *
     * @return whether there was one
     * @throws SecretStoreException if it could not be removed; then nothing has changed
     */
    boolean delete(SecretKey key);

    /** Tells whether what is kept can no longer be read, so that the last good content is being used. */
    default boolean isStale() {
        return false;
    }
}
