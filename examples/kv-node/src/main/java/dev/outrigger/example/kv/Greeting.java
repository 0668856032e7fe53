package dev.outrigger.example.kv;

/** What the node prints once it serves: where to look, and what to try first. */
final class Greeting {

    private Greeting() {}

    static String of(RunningNode node) {
        int port = node.resp().getPort();
        return """
                kv-node serves, with its data in %s

                  RESP   127.0.0.1:%d    redis-cli -p %d set greeting hello
                                         redis-benchmark -p %d -t ping,set,get -q

                Ctrl-C stops it.
                """
                .formatted(node.data(), port, port, port);
    }
}
