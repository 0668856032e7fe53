package dev.outrigger.example.raft;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.CommandLine;
import dev.outrigger.example.kv.SidecarAccess;
import dev.outrigger.example.kv.UsageException;
import dev.outrigger.example.raft.engine.MemberAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How nodes are to run.
 *
 * @param layout where the nodes of the cluster are found
 * @param node the only one of them that runs in this process; all of them where it is empty
 * @param join whether that node joins a cluster that runs, instead of being one of those that it begins with
 * @param data where everything is kept, in a directory for each node
 * @param access who may call the sidecars, and how
 * @param drain for how long a node goes on serving once it is told to stop
 */
public record Options(
        ClusterLayout layout, Optional<String> node, boolean join, Path data, SidecarAccess access, Duration drain) {

    /** What {@code --help} prints. */
    public static final String HELP = """
            raft-kv: a key-value store on RocksDB, kept by several nodes over Raft, each of which speaks the Redis protocol
            and carries the Outrigger sidecar

            Without options three nodes run in this process: n1, n2 and n3, which speak RESP on 127.0.0.1:6001 to 6003 and
            whose sidecars listen on 127.0.0.1:8081 to 8083.

              --cluster NODES       the nodes: NAME=HOST:RAFT-PORT:RESP-PORT:OPS-PORT, several with commas between
              --node NAME           run this one of them in this process, and no other (all)
              --join                it joins a running cluster, which the other nodes are in
              --data DIR            where the data is kept, in a directory for each node (raft-data)
              --token TOKEN         what callers of the sidecars' privileged routes have to show (nobody has to)
              --token-file FILE     holds such tokens, looked at every 5 s: one alone, or lines of "name read|write token"
              --tls-cert FILE       the sidecars speak TLS with this certificate (PEM, looked at every 5 s)
              --tls-key FILE        and with this key
              --tls-client-ca FILE  whoever shows a certificate of these authorities may read; probes need none
              --allow RANGES        the addresses that may call the sidecars at all, such as 127.0.0.1,10.0.0.0/8 (all)
              --drain-seconds N     for how long to go on serving after being told to stop (0)
              --help                this text
            """;

    /** What holds where nothing is said. */
    public static final Options DEFAULT = new Options(
            ClusterLayout.DEFAULT, Optional.empty(), false, Path.of("raft-data"), SidecarAccess.OPEN, Duration.ZERO);

    /**
     * @throws IllegalArgumentException if the node is not in the layout, nobody is said to join, or the drain is negative
     */
    public Options {
        requireNonNull(layout, "layout");
        requireNonNull(data, "data");
        requireNonNull(access, "access");
        if (node.isPresent() && layout.member(node.get()).isEmpty()) {
            throw new IllegalArgumentException("--node: '" + node.get() + "' (expected: one of --cluster)");
        }
        if (join && node.isEmpty()) {
            throw new IllegalArgumentException("--join: nobody is to (expected: --node too)");
        }
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
        Optional<String> cluster = line.text("--cluster");
        Options options;
        try {
            options = new Options(
                    cluster.isPresent() ? ClusterLayout.parse(cluster.get()) : DEFAULT.layout,
                    line.text("--node"),
                    line.flag("--join"),
                    line.path("--data").orElse(DEFAULT.data),
                    SidecarAccess.parse(line),
                    Duration.ofSeconds(line.number("--drain-seconds", (int) DEFAULT.drain.toSeconds(), 3600)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        line.requireNothingElse();
        return options;
    }

    /** Returns the nodes that run in this process. */
    List<MemberAddress> nodes() {
        return node.flatMap(layout::member).map(List::of).orElse(layout.members());
    }
}
