package dev.outrigger.example.raft.engine;

import static dev.outrigger.example.raft.engine.TestCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are processes of their own and are killed while others write. */
class KilledMemberTest {

    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    private final Map<String, Process> processes = new HashMap<>();

    @AfterEach
    void killAll() throws InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void noAcknowledgedWriteIsLostOrDoneTwiceWhenNodesAreKilled() throws Exception {
        List<MemberAddress> members =
                List.of(TestCluster.address("n1"), TestCluster.address("n2"), TestCluster.address("n3"));
        start("n2", members);
        start("n3", members);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        try (Engine engine = new Engine(EngineSettings.builder(members.get(0), members, directory.resolve("n1"))
                .shards(2)
                .build())) {
            engine.start();
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> writers = writers(engine, acknowledged, stop);
            for (String victim : List.of("n2", "n3", "n2", "n3")) {
                awaitMore(acknowledged);
                kill(victim);
                awaitMore(acknowledged);
                start(victim, members);
            }
            awaitMore(acknowledged);
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        // Whoever wrote here is gone; the others have it all, even after both of them were killed at once.
        kill("n2");
        kill("n3");
        start("n2", members);
        start("n3", members);
        MemberAddress reader = members.get(0);
        try (Engine engine = new Engine(EngineSettings.builder(reader, members, directory.resolve("n1"))
                .shards(2)
                .build())) {
            engine.start();
            await().atMost(TestCluster.PATIENCE)
                    .until(() -> engine.divisions().stream()
                            .allMatch(view -> view.leader().isPresent()));
            List<String> lost = new ArrayList<>();
            for (String key : acknowledged) {
                if (engine.keys().get(bytes(key)).isEmpty()) {
                    lost.add(key);
                }
            }
            assertThat(lost).as("of %d", acknowledged.size()).isEmpty();
        }
    }

    private static List<Thread> writers(Engine engine, Queue<String> acknowledged, AtomicBoolean stop) {
        AtomicInteger next = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Thread writer = new Thread(() -> {
                while (!stop.get()) {
                    String key = "k" + next.incrementAndGet();
                    try {
                        boolean first = engine.keys().set(bytes(key), bytes(key), SetCondition.IF_ABSENT);
                        acknowledged.add(first ? key : "done twice: " + key);
                    } catch (StoreException e) {
                        // not acknowledged: it may be there or not
                    }
                }
            });
            writer.start();
            writers.add(writer);
        }
        return writers;
    }

    private static void awaitMore(Queue<String> acknowledged) {
        int now = acknowledged.size();
        await().atMost(TestCluster.PATIENCE).until(() -> acknowledged.size() > now + 60);
    }

    private void start(String id, List<MemberAddress> members) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMember.class.getName(),
                directory.resolve(id).toString(),
                id));
        members.forEach(member -> command.add(member.id() + ":" + member.raftPort()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.put(id, process);
        BufferedReader output = process.inputReader();
        await().atMost(TestCluster.PATIENCE).until(() -> "started".equals(output.readLine()));
    }

    /** As {@code kill -9} does. */
    private void kill(String id) throws InterruptedException {
        processes.remove(id).destroyForcibly().waitFor();
    }
}
