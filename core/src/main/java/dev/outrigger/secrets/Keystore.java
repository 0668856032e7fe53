package dev.outrigger.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.secrets.SecretStoreException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets in an encrypted file, before those that the environment has for names that the host registered.
 *
 * <pre>{@code
 * try (Keystore secrets = Keystore.builder(Path.of("data/secrets.keystore"), KeystorePassword.fromFile(passwordFile))
 *         .environment("s3.access_key", "s3.secret_key")
 *         .open()) {
 *     String accessKey = secrets.value(new SecretKey("s3.access_key")).orElseThrow().reveal();
 * }
 * }</pre>
 *
 * <p>The file is encrypted with AES-256-GCM under a key made of a password, each value bound to its name and times. It is made
 * for its owner only to read and write, and replaced as a whole. Values stay encrypted in memory until they are asked for.
 *
 * <p>Several processes may share a file: each change is made to what the file holds at that moment, under a lock that
 * processes of one machine respect, and each process compares its content with the file's every 5 s. A file that cannot be
 * read any more (not there, damaged, another password) leaves the last good content in use and makes the store
 * {@linkplain #isStale() stale}; until it can be read again nothing is written over it.
 *
 * <p>Safe for use by any thread. Its one thread is a daemon named {@code outrigger-keystore}, gone after {@link #close()}.
 */
public final class Keystore implements SecretStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.secrets");
    private static final int MAX_VALUE_BYTES = 64 * 1024;

    /** Making a key is slow on purpose, so bytes that failed once are tried again only this often. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final KeystoreFile file;
    private final KeystorePassword password;
    private final KeystoreLoader loader;
    private final EnvironmentSecrets environment;
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private final KeystoreWatch watch;

    /** Held while the file is compared or written. */
    private final ReentrantLock changing = new ReentrantLock();

    private volatile KeystoreContent content; // written under changing
    private volatile boolean stale; // written under changing
    private @Nullable Rejection rejected; // guarded by changing
    private boolean closed; // guarded by changing

    Keystore(KeystoreBuilder settings, KeystoreLoader loader, KeystoreContent content) {
        this.file = settings.file();
        this.password = settings.password();
        this.loader = loader;
        this.environment = settings.environmentSecrets();
        this.nanoTime = settings.nanoTime();
        this.wallClock = settings.wallClock();
        this.watch = new KeystoreWatch(this::refresh, settings.interval());
        this.content = content;
    }

    /** Begins with a file, which is made where it is not there yet, and its password. */
    public static KeystoreBuilder builder(Path file, KeystorePassword password) {
        return new KeystoreBuilder(file, password);
    }

    void start() {
        watch.start();
    }

    @Override
    public Optional<SecretValue> value(SecretKey key) {
        KeystoreContent now = content;
        return now.secret(key).flatMap(secret -> secret.open(now.key())).or(() -> environment.value(key));
    }

    @Override
    public List<SecretEntry> entries() {
        KeystoreContent now = content;
        SortedSet<SecretKey> keys = environment.keys();
        keys.addAll(now.secrets().keySet());
        return keys.stream().map(key -> entry(key, now.secret(key))).toList();
    }

    private SecretEntry entry(SecretKey key, Optional<SealedSecret> kept) {
        boolean inEnvironment = environment.value(key).isPresent();
        SecretStatus whereKept = inEnvironment ? SecretStatus.BOTH : SecretStatus.KEYSTORE;
        return new SecretEntry(
                key,
                kept.isPresent() ? whereKept : SecretStatus.ENVIRONMENT,
                kept.map(SealedSecret::createdAt),
                kept.map(SealedSecret::updatedAt));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the value takes more than 64 KiB
     */
    @Override
    public SecretEntry put(SecretKey key, SecretValue value) {
        int length = value.reveal().getBytes(UTF_8).length;
        if (length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("value: " + length + " bytes (expected: <= " + MAX_VALUE_BYTES + ")");
        }
        return changing(() -> {
            KeystoreContent latest = latest();
            Instant now = wallClock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant createdAt = latest.secret(key).map(SealedSecret::createdAt).orElse(now);
            SealedSecret secret = SealedSecret.seal(latest.key(), key, createdAt, now, value);
            keep(latest.with(secret));
            return entry(key, Optional.of(secret));
        });
    }

    @Override
    public boolean delete(SecretKey key) {
        return changing(() -> {
            KeystoreContent latest = latest();
            boolean there = latest.secret(key).isPresent();
            if (there) {
                keep(latest.without(key));
            }
            return there;
        });
    }

    private <T> T changing(KeystoreFile.Work<T> work) {
        changing.lock();
        try {
            if (closed) {
                throw new SecretStoreException(Reason.CLOSED, file.path(), "closed");
            }
            return file.exclusively(work);
        } finally {
            changing.unlock();
        }
    }

    private void keep(KeystoreContent next) {
        if (next.bytes().length > KeystoreFile.MAX_BYTES) {
            throw new SecretStoreException(
                    Reason.FULL, file.path(), "full (expected: <= " + KeystoreFile.MAX_BYTES + " bytes)");
        }
        file.replace(next.bytes());
        content = next;
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    /** Compares with the file now, and not only when the next 5 s are over. What goes wrong shows in {@link #isStale()}. */
    public void refresh() {
        changing.lock();
        try {
            if (!closed) {
                latest();
            }
        } catch (SecretStoreException e) {
            LOG.debug("The keystore {} is still not usable", file.path()); // latest() has told of the change
        } finally {
            changing.unlock();
        }
    }

    /** The content of the file as it is now. To be called under {@link #changing}. */
    private KeystoreContent latest() {
        try {
            byte[] bytes = file.read();
            if (!Arrays.equals(bytes, content.bytes())) {
                content = decode(bytes);
                LOG.info(
                        "The keystore {} was changed outside: secrets={}",
                        file.path(),
                        content.secrets().size());
            }
            becameGood();
            return content;
        } catch (SecretStoreException e) {
            becameStale(e);
            throw e;
        }
    }

    private KeystoreContent decode(byte[] bytes) {
        Rejection earlier = rejected;
        if (earlier != null
                && Arrays.equals(bytes, earlier.bytes)
                && nanoTime.getAsLong() - earlier.at < RETRY.toNanos()) {
            throw new SecretStoreException(earlier.reason, earlier.message);
        }
        try {
            return loader.decode(bytes, Optional.of(content.key()));
        } catch (SecretStoreException e) {
            rejected = new Rejection(bytes, nanoTime.getAsLong(), e.reason(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void becameGood() {
        rejected = null;
        if (stale) {
            stale = false;
            LOG.info("The keystore {} can be read again", file.path());
        }
    }

    private void becameStale(SecretStoreException why) {
        if (!stale) {
            stale = true;
            LOG.warn("The last good secrets stay in use: {}", why.getMessage());
        }
    }

    /**
     * Stops watching, and forgets the password. What was known can be read still, so that the host's own shutdown has its
     * secrets; nothing can be changed any more.
     */
    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            password.wipe();
        } finally {
            changing.unlock();
        }
        watch.stop();
    }

    /** Says which file it is, and nothing of what is in it. */
    @Override
    public String toString() {
        return "Keystore[" + file.path() + "]";
    }

    /** Bytes that could not be read as a keystore. */
    private record Rejection(byte[] bytes, long at, Reason reason, String message) {}
}
