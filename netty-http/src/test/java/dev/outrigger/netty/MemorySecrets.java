package dev.outrigger.netty;

import dev.outrigger.secrets.SecretEntry;
import dev.outrigger.secrets.SecretKey;
import dev.outrigger.secrets.SecretStatus;
import dev.outrigger.secrets.SecretStore;
import dev.outrigger.secrets.SecretValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Secrets that are forgotten with the test. */
final class MemorySecrets implements SecretStore {

    private static final Optional<Instant> ALWAYS = Optional.of(Instant.EPOCH);

    private final Map<SecretKey, SecretValue> secrets = new ConcurrentSkipListMap<>();
    private volatile boolean stale;

    void stale(boolean newStale) {
        stale = newStale;
    }

    @Override
    public Optional<SecretValue> value(SecretKey key) {
        return Optional.ofNullable(secrets.get(key));
    }

    @Override
    public List<SecretEntry> entries() {
        return secrets.keySet().stream().map(MemorySecrets::entry).toList();
    }

    @Override
    public SecretEntry put(SecretKey key, SecretValue value) {
        secrets.put(key, value);
        return entry(key);
    }

    @Override
    public boolean delete(SecretKey key) {
        return secrets.remove(key) != null;
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    private static SecretEntry entry(SecretKey key) {
        return new SecretEntry(key, SecretStatus.KEYSTORE, ALWAYS, ALWAYS);
    }
}
