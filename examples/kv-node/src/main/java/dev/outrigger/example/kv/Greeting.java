package dev.outrigger.example.kv;

import java.net.InetSocketAddress;

/** What the node prints once it serves: where to look, and what to try first. */
final class Greeting {

    private Greeting() {}

    static String of(RunningNode node) {
        return """
                kv-node serves. Its data is in %1$s

                  RESP     127.0.0.1:%2$d
                             redis-cli -p %2$d set greeting hello
                             redis-benchmark -p %2$d -t ping,set,get -q
                  sidecar  %3$s
                             curl -s %3$s/health
                             curl -s %3$s/ready
                             curl -s %3$s/metrics
                %4$s
                Ctrl-C stops it.
                """.formatted(
                        node.data(),
                        node.resp().getPort(),
                        url(node.ops(), node.access().isTls()),
                        access(node.access()));
    }

    private static String access(SidecarAccess access) {
        if (!access.asksWho()) {
            return """
                             nobody is asked for a token; --token or --token-file changes that
                """;
        }
        return """
                             what is no probe asks for it: -H "Authorization: Bearer $TOKEN"
                """;
    }

    private static String url(InetSocketAddress address, boolean tls) {
        boolean everywhere = address.getAddress().isAnyLocalAddress();
        String host = everywhere ? "127.0.0.1" : address.getAddress().getHostAddress();
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + address.getPort();
    }
}
