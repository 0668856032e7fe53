package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckScope;
import dev.outrigger.health.HealthCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something outside this process that the node needs, and how to see whether it can be reached. Immutable: each setter returns a
 * copy.
 *
 * <p>The check is called every 2 seconds in the background, on a thread that nothing else waits for, with 2 seconds for the
 * call; see {@link HealthCheck}. A good result, degraded or not, is {@code online}; anything else is {@code offline} at once.
 *
 * @param name of letters, digits, {@code . _ -}, at most 63
 * @param kind a word for what it is
 * @param url where it is, for whoever may read {@code /health/cluster}; without a password
 * @param required whether this node is not ready while it cannot be reached
 */
public record ConnectivityProbe(String name, String kind, Optional<String> url, boolean required, HealthCheck check) {

    static final Duration PACE = Duration.ofSeconds(2);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern URL = Pattern.compile("[!-~]{1,1024}");
    private static final Pattern WITH_USER = Pattern.compile("//[^/?#]*@");

    /**
     * @throws IllegalArgumentException if the name or the kind is not allowed, or the URL is not visible ASCII or has a user in
     *     front of its host
     */
    public ConnectivityProbe {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: '" + name + "' (expected: " + NAME + ")");
        }
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("kind: '" + kind + "' (expected: " + KIND + ")");
        }
        // The text of a bad one is not repeated: what it should not have may be a password.
        if (url.filter(ConnectivityProbe::isUnfit).isPresent()) {
            throw new IllegalArgumentException(
                    "url of " + name + ": not usable (expected: 1 to 1024 visible ASCII characters, and no user)");
        }
        requireNonNull(check, "check");
    }

    /**
     * A probe of a {@code dependency} that is not required.
     *
     * @throws IllegalArgumentException if the name is not allowed
     */
    public static ConnectivityProbe of(String name, HealthCheck check) {
        return new ConnectivityProbe(name, "dependency", Optional.empty(), false, check);
    }

    /** Sets what it is: a lower-case word of at most 32 characters. Default: {@code dependency}. */
    public ConnectivityProbe kind(String newKind) {
        return new ConnectivityProbe(name, newKind, url, required, check);
    }

    /** Sets where it is, to be shown. Default: nothing is. */
    public ConnectivityProbe url(String newUrl) {
        return new ConnectivityProbe(name, kind, Optional.of(newUrl), required, check);
    }

    /** Makes the node not ready while it cannot be reached: it counts as a readiness check of the probe's name. */
    public ConnectivityProbe asRequired() {
        return new ConnectivityProbe(name, kind, url, true, check);
    }

    CheckOptions options() {
        return CheckOptions.readiness()
                .scope(CheckScope.EXTERNAL)
                .interval(PACE)
                .timeout(PACE);
    }

    private static boolean isUnfit(String url) {
        return !URL.matcher(url).matches() || WITH_USER.matcher(url).find();
    }
}
