package dev.outrigger.backup.location;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the host's object store is reached: its configuration, and never a request's. Immutable.
 *
 * <p>Without any setting that is Amazon's own, with the region and the credentials that its SDK finds in the environment.
 */
public final class S3Settings {

    private final Optional<URI> endpoint;
    private final Optional<String> region;
    private final boolean pathStyle;
    private final Optional<Supplier<S3Credentials>> credentials;
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final int attempts;
    private final int maxConnections;
    private final boolean unconditionalAllowed;

    private S3Settings(Builder builder) {
        this.endpoint = builder.endpoint;
        this.region = builder.region;
        this.pathStyle = builder.pathStyle.orElse(builder.endpoint.isPresent());
        this.credentials = builder.credentials;
        this.connectTimeout = builder.connectTimeout;
        this.requestTimeout = builder.requestTimeout;
        this.attempts = builder.attempts;
        this.maxConnections = builder.maxConnections;
        this.unconditionalAllowed = builder.unconditionalAllowed;
    }

    /** Begins with what suits Amazon's. */
    public static Builder builder() {
        return new Builder();
    }

    Optional<URI> endpoint() {
        return endpoint;
    }

    Optional<String> region() {
        return region;
    }

    boolean pathStyle() {
        return pathStyle;
    }

    Optional<Supplier<S3Credentials>> credentials() {
        return credentials;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    int attempts() {
        return attempts;
    }

    int maxConnections() {
        return maxConnections;
    }

    boolean unconditionalAllowed() {
        return unconditionalAllowed;
    }

    /** Collects the settings; checks each at once. Used by one thread. */
    public static final class Builder {

        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
        private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
        private static final int ATTEMPTS = 4;
        private static final int MAX_ATTEMPTS = 20;
        private static final int CONNECTIONS = 16;
        private static final int MAX_CONNECTIONS = 1_000;

        private Optional<URI> endpoint = Optional.empty();
        private Optional<String> region = Optional.empty();
        private Optional<Boolean> pathStyle = Optional.empty();
        private Optional<Supplier<S3Credentials>> credentials = Optional.empty();
        private Duration connectTimeout = CONNECT_TIMEOUT;
        private Duration requestTimeout = REQUEST_TIMEOUT;
        private int attempts = ATTEMPTS;
        private int maxConnections = CONNECTIONS;
        private boolean unconditionalAllowed;

        private Builder() {}

        /**
         * A store other than Amazon's.
         *
         * @throws IllegalArgumentException unless it is http or https, a host, perhaps a port, and nothing else
         */
        public Builder endpoint(URI endpoint) {
            boolean web =
                    "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
            boolean bare = endpoint.getRawUserInfo() == null
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null
                    && (endpoint.isOpaque() || endpoint.getRawPath().matches("/?"));
            if (!web
                    || !bare
                    || endpoint.getHost() == null) { // Not repeated: what it should not have may be a password.
                throw new IllegalArgumentException(
                        "endpoint: not usable (expected: http://host:port or https://host:port)");
            }
            this.endpoint = Optional.of(endpoint);
            return this;
        }

        /** Which region the buckets are in. Default: what the SDK finds; {@code us-east-1} where there is an endpoint. */
        public Builder region(String region) {
            if (region.isBlank()) {
                throw new IllegalArgumentException("region: blank (expected: for example eu-central-1)");
            }
            this.region = Optional.of(region);
            return this;
        }

        /** Whether buckets stand in the path of URLs and not in the host. Default: where there is an endpoint. */
        public Builder pathStyle(boolean pathStyle) {
            this.pathStyle = Optional.of(pathStyle);
            return this;
        }

        /**
         * What to sign with. Default: what the SDK finds.
         *
         * @param credentials asked for each request, by the thread that makes it; so a change is seen at once
         */
        public Builder credentials(Supplier<S3Credentials> credentials) {
            this.credentials = Optional.of(requireNonNull(credentials, "credentials"));
            return this;
        }

        /** For how long to wait for a connection. Default: 10 s. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive("connectTimeout", connectTimeout);
            return this;
        }

        /**
         * For how long to wait for one attempt at a request, and for the next byte of a reply; a request with a body has a sixtieth
         * of that more for each MiB. Default: 60 s.
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = positive("requestTimeout", requestTimeout);
            return this;
        }

        /** How often to try a request that gets no answer, or 5xx, before it has failed; 1 to 20. Default: 4. */
        public Builder attempts(int attempts) {
            this.attempts = between("attempts", attempts, MAX_ATTEMPTS);
            return this;
        }

        /** How many connections there may be at once; 1 to 1,000. Default: 16. */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = between("maxConnections", maxConnections, MAX_CONNECTIONS);
            return this;
        }

        /**
         * Accepts a store that cannot write on condition that a name is free: it is asked before each write instead, and two who write
         * one name at the same moment may both succeed. Default: not accepted.
         */
        public Builder allowUnconditionalStore() {
            this.unconditionalAllowed = true;
            return this;
        }

        /** Returns the settings. */
        public S3Settings build() {
            return new S3Settings(this);
        }

        private static Duration positive(String name, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
            }
            return value;
        }

        private static int between(String name, int value, int max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + max + ")");
            }
            return value;
        }
    }
}
