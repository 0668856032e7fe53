package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Right;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node is to run.
 *
 * @param port where clients speak RESP, on loopback; 0 takes a free port
 * @param opsPort where the sidecar listens; 0 takes a free port
 * @param opsAddress which address the sidecar listens on
 * @param data where everything is kept
 * @param token what a reader of the sidecar's privileged routes has to show; without one nobody has to
 * @param keystorePassword the file with the password of the keystore that holds the node's secrets
 * @param drain for how long the node goes on serving once it is told to stop
 */
public record Options(
        int port,
        int opsPort,
        String opsAddress,
        Path data,
        Optional<String> token,
        Optional<Path> keystorePassword,
        Duration drain) {

    /** What {@code --help} prints. */
    public static final String HELP = """
            kv-node: a key-value store on RocksDB that speaks the Redis protocol and carries the Outrigger sidecar

              --port PORT           RESP, on 127.0.0.1 (6000; 0 takes a free port)
              --ops-port PORT       the sidecar (8080; 0 takes a free port)
              --ops-address ADDR    the address the sidecar listens on (127.0.0.1)
              --data DIR            where the data is kept (kv-data)
              --token TOKEN         what privileged readers of the sidecar have to show (nobody has to)
              --keystore-password-file FILE
                                    the password of the node's secrets, which are kept in DIR/secrets.keystore and can
                                    be put by way of the sidecar; KV_KEYSTORE_PASSWORD in the environment does as well,
                                    and without either there are no secrets
              --drain-seconds N     for how long to go on serving after being told to stop (0)
              --help                this text
            """;

    /** What holds where nothing is said. */
    public static final Options DEFAULT =
            new Options(6000, 8080, "127.0.0.1", Path.of("kv-data"), Optional.empty(), Optional.empty(), Duration.ZERO);

    public Options {
        requirePort("port", port);
        requirePort("opsPort", opsPort);
        requireNonNull(opsAddress, "opsAddress");
        requireNonNull(data, "data");
        requireNonNull(token, "token");
        requireNonNull(keystorePassword, "keystorePassword");
        requireNonNull(drain, "drain");
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: >= 0)");
        }
    }

    /**
     * Reads a command line: {@code --name value} or {@code --name=value}, each option at most once.
     *
     * @throws UsageException if an option is unknown, given twice, without a value, or its value is none
     */
    public static Options parse(String... arguments) throws UsageException {
        CommandLine line = CommandLine.split(arguments);
        Options options = new Options(
                line.number("--port", DEFAULT.port, 65_535),
                line.number("--ops-port", DEFAULT.opsPort, 65_535),
                line.host("--ops-address").orElse(DEFAULT.opsAddress),
                line.path("--data").orElse(DEFAULT.data),
                token(line.text("--token")),
                line.path("--keystore-password-file"),
                Duration.ofSeconds(line.number("--drain-seconds", (int) DEFAULT.drain.toSeconds(), 3600)));
        line.requireNothingElse();
        return options;
    }

    private static Optional<String> token(Optional<String> token) throws UsageException {
        try {
            token.ifPresent(value -> BearerAuth.of("operator", value, Right.WRITE));
            return token;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--token: not usable (expected: letters, digits and -._~+/ only)");
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to 65535)");
        }
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Options[port=" + port + ", opsPort=" + opsPort + ", opsAddress=" + opsAddress + ", data=" + data
                + ", token=" + (token.isPresent() ? "set" : "none") + ", keystorePassword="
                + keystorePassword.map(Path::toString).orElse("none") + ", drain=" + drain + "]";
    }
}
