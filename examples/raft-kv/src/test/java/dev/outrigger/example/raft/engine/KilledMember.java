package dev.outrigger.example.raft.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The main class of a process that is one node: {@code DIRECTORY SELF ID:PORT…}. Says {@code started}, and ends when its input does. */
final class KilledMember {

    private KilledMember() {}

    public static void main(String[] arguments) throws Exception {
        List<MemberAddress> members = new ArrayList<>();
        for (String member : List.of(arguments).subList(2, arguments.length)) {
            String[] parts = member.split(":", 2);
            members.add(new MemberAddress(parts[0], "127.0.0.1", Integer.parseInt(parts[1]), 1, 1));
        }
        MemberAddress self = members.stream()
                .filter(member -> member.id().equals(arguments[1]))
                .findFirst()
                .orElseThrow();
        try (Engine engine = new Engine(EngineSettings.builder(self, members, Path.of(arguments[0]))
                .shards(2)
                .snapshotThreshold(300)
                .segmentBytes(64 << 10)
                .build())) {
            engine.start();
            System.out.println("started");
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
    }
}
