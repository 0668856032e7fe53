package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

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
 * @param access who may call the sidecar, and how
 * @param backups where backups may go
 * @param keystorePassword the file with the password of the keystore that holds the node's secrets
 * @param drain for how long the node goes on serving once it is told to stop
 */
public record Options(
        int port,
        int opsPort,
        String opsAddress,
        Path data,
        SidecarAccess access,
        BackupOptions backups,
        Optional<Path> keystorePassword,
        Duration drain) {

    /** What {@code --help} prints. */
    public static final String HELP = """
            kv-node: a key-value store on RocksDB that speaks the Redis protocol and carries the Outrigger sidecar

              --port PORT           RESP, on 127.0.0.1 (6000; 0 takes a free port)
              --ops-port PORT       the sidecar (8080; 0 takes a free port)
              --ops-address ADDR    the address the sidecar listens on (127.0.0.1)
              --data DIR            where the data is kept (kv-data)
              --token TOKEN         what callers of the sidecar's privileged routes have to show (nobody has to)
              --token-file FILE     holds such tokens, looked at every 5 s: one alone, or lines of "name read|write token"
              --tls-cert FILE       the sidecar speaks TLS with this certificate (PEM, looked at every 5 s)
              --tls-key FILE        and with this key
              --tls-client-ca FILE  whoever shows a certificate of these authorities may read; probes need none
              --allow RANGES        the addresses that may call the sidecar at all, such as 127.0.0.1,10.0.0.0/8 (all)
              --keystore-password-file FILE
                                    the password of the node's secrets, which are kept in DIR/secrets.keystore and can
                                    be put by way of the sidecar; KV_KEYSTORE_PASSWORD in the environment does as well,
                                    and without either there are no secrets
              --backup-root ROOT    where backups may go: a directory or s3://bucket/prefix; may be given several times
                                    (DIR/backups, and nowhere else)
              --s3-endpoint URL     an object store other than Amazon's, such as http://127.0.0.1:9000; its keys are the
                                    secrets s3.access_key and s3.secret_key, or what the AWS SDK finds
              --drain-seconds N     for how long to go on serving after being told to stop (0)
              --help                this text
            """;

    /** What holds where nothing is said. */
    public static final Options DEFAULT = new Options(
            6000,
            8080,
            "127.0.0.1",
            Path.of("kv-data"),
            SidecarAccess.OPEN,
            BackupOptions.DEFAULT,
            Optional.empty(),
            Duration.ZERO);

    public Options {
        requirePort("port", port);
        requirePort("opsPort", opsPort);
        requireNonNull(opsAddress, "opsAddress");
        requireNonNull(data, "data");
        requireNonNull(access, "access");
        requireNonNull(backups, "backups");
        requireNonNull(keystorePassword, "keystorePassword");
        requireNonNull(drain, "drain");
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain: " + drain + " (expected: >= 0)");
        }
    }

    /**
     * Reads a command line: {@code --name value} or {@code --name=value}, each option at most once but {@code --backup-root}.
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
                SidecarAccess.parse(line),
                BackupOptions.parse(line),
                line.path("--keystore-password-file"),
                Duration.ofSeconds(line.number("--drain-seconds", (int) DEFAULT.drain.toSeconds(), 3600)));
        line.requireNothingElse();
        return options;
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to 65535)");
        }
    }
}
