package dev.outrigger.secrets;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which keystore to open, and how. Each method checks its arguments at once; nothing is read and no thread begins before
 * {@link #open()}.
 *
 * <p>Used by one thread, for one keystore.
 */
public final class KeystoreBuilder {

    /** What OWASP asks for with PBKDF2-HMAC-SHA256: some tenths of a second, once. */
    private static final int ITERATIONS = 600_000;

    private final KeystoreFile file;
    private final KeystorePassword password;
    private final SortedSet<SecretKey> registered = new TreeSet<>();
    private Function<String, @Nullable String> environment = System::getenv;
    private LongSupplier nanoTime = System::nanoTime;
    private InstantSource wallClock = InstantSource.system();
    private Duration interval = Duration.ofSeconds(5);
    private int iterations = ITERATIONS;

    KeystoreBuilder(Path file, KeystorePassword password) {
        this.file = new KeystoreFile(file);
        this.password = requireNonNull(password, "password");
    }

    /**
     * Registers secrets that may come from the environment too, each from the variable
     * {@link SecretKey#environmentName()}. Of other variables nothing is read. Default: none.
     *
     * @throws IllegalArgumentException if one is no key
     */
    public KeystoreBuilder environment(String... keys) {
        for (String key : keys) {
            registered.add(new SecretKey(key));
        }
        return this;
    }

    /** Sets the clocks. Default: {@link System#nanoTime()} and the system's. */
    public KeystoreBuilder clocks(LongSupplier newNanoTime, InstantSource newWallClock) {
        this.nanoTime = requireNonNull(newNanoTime, "nanoTime");
        this.wallClock = requireNonNull(newWallClock, "wallClock");
        return this;
    }

    /** Sets what answers for a variable. Default: {@link System#getenv(String)}. */
    KeystoreBuilder environmentFrom(Function<String, @Nullable String> variables) {
        this.environment = variables;
        return this;
    }

    /** Sets how often the file is compared. Default: every 5 s. */
    KeystoreBuilder interval(Duration newInterval) {
        this.interval = newInterval;
        return this;
    }

    /** Sets how hard a new keystore's password is to guess. Default: 600,000. */
    KeystoreBuilder iterations(int newIterations) {
        this.iterations = newIterations;
        return this;
    }

    /**
     * Opens the keystore, and begins to watch its file. Where there is no file, an empty one is made; its directory must be
     * there. Takes some tenths of a second, which the making of the key costs on purpose.
     *
     * @throws SecretStoreException if the password is wrong or missing, or the file is damaged, cannot be read, or cannot be
     *     made
     */
    public Keystore open() {
        KeystoreLoader loader = new KeystoreLoader(file, password, iterations);
        Keystore keystore = new Keystore(this, loader, loader.loadOrCreate());
        keystore.start();
        return keystore;
    }

    KeystoreFile file() {
        return file;
    }

    KeystorePassword password() {
        return password;
    }

    EnvironmentSecrets environmentSecrets() {
        return new EnvironmentSecrets(registered, environment);
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    InstantSource wallClock() {
        return wallClock;
    }

    Duration interval() {
        return interval;
    }
}
