package dev.outrigger.secrets;

import dev.outrigger.health.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keystores of one file as tests open them: with a cheap key, a clock moved by hand, and an environment made up. */
public final class TestKeystore {

    public static final String PASSWORD = "correct horse";

    private final Path file;
    private final ManualTime time = new ManualTime();
    private final Map<String, String> environment = new ConcurrentHashMap<>();

    public TestKeystore(Path directory) {
        this.file = directory.resolve("secrets.keystore");
    }

    public Path file() {
        return file;
    }

    public ManualTime time() {
        return time;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Opens it with a watch that never looks by itself. */
    public Keystore open(String... registered) {
        return builder(PASSWORD).environment(registered).open();
    }

    KeystoreBuilder builder(String password) {
        return Keystore.builder(file, KeystorePassword.of(password.toCharArray()))
                .environmentFrom(environment::get)
                .clocks(time, time)
                .interval(Duration.ofDays(1))
                .iterations(KeystoreDecoder.FEWEST_ITERATIONS);
    }
}
