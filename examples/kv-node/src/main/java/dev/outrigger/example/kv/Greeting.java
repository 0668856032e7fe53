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

                Ctrl-C stops it.
                """.formatted(node.data(), node.resp().getPort(), url(node.ops()));
    }

    private static String url(InetSocketAddress address) {
        boolean everywhere = address.getAddress().isAnyLocalAddress();
        String host = everywhere ? "127.0.0.1" : address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
