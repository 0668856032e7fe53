package dev.outrigger.example.raft;

import dev.outrigger.example.raft.engine.MemberAddress;

/** What the command prints once its nodes have started: where to look, and what to try first. */
final class Greeting {

    private Greeting() {}

    static String of(Options options) {
        StringBuilder text = new StringBuilder();
        options.nodes().forEach(node -> text.append(line(node, options)));
        MemberAddress first = options.nodes().get(0);
        MemberAddress last = options.nodes().get(options.nodes().size() - 1);
        return """
                raft-kv serves. Its data is in %1$s

                %2$s
                Any node serves any key:
                  redis-cli -p %3$d set greeting hello
                  redis-cli -p %4$d get greeting
                  curl -s %5$s/cluster/members
                  curl -s '%5$s/cluster/shards?type=kv'
                  curl -s %5$s/cluster/restart-safety
                %6$s
                Ctrl-C stops it.
                """.formatted(
                        options.data().toAbsolutePath().normalize(),
                        text,
                        first.respPort(),
                        last.respPort(),
                        url(first, options),
                        access(options));
    }

    private static String line(MemberAddress node, Options options) {
        return "  %-4s RESP %s:%d   sidecar %s\n"
                .formatted(node.id(), node.host(), node.respPort(), url(node, options));
    }

    private static String access(Options options) {
        return options.access().asksWho()
                ? "What is no probe asks for a token: -H \"Authorization: Bearer $TOKEN\"\n"
                : "Nobody is asked for a token; --token or --token-file changes that.\n";
    }

    private static String url(MemberAddress node, Options options) {
        return (options.access().isTls() ? "https://" : "http://") + node.host() + ":" + node.opsPort();
    }
}
