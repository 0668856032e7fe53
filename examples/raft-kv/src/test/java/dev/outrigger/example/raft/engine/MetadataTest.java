package dev.outrigger.example.raft.engine;

import static dev.outrigger.example.raft.engine.TestCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registers over three nodes that stay. */
class MetadataTest {

    @TempDir
    static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.ofThree(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aRegisterIsWrittenByWhoHasSeenItsNewestVersion() {
        Metadata here = cluster.node("n1").metadata();
        Metadata there = cluster.node("n2").metadata();

        Register first =
                here.compareAndSet("a/one", Register.ABSENT, bytes("1")).orElseThrow();
        assertThat(there.compareAndSet("a/one", Register.ABSENT, bytes("x"))).isEmpty();
        Register second =
                there.compareAndSet("a/one", first.version(), bytes("2")).orElseThrow();
        assertThat(here.compareAndSet("a/one", first.version(), bytes("x"))).isEmpty();

        Register read = cluster.node("n3").metadata().read("a/one").orElseThrow();
        assertThat(read.version()).isEqualTo(second.version()).isGreaterThan(first.version());
        assertThat(read.value()).isEqualTo(bytes("2"));
    }

    @Test
    void aVersionDoesNotComeAgainAfterARemoval() {
        Metadata metadata = cluster.node("n2").metadata();
        Register first =
                metadata.compareAndSet("b", Register.ABSENT, bytes("1")).orElseThrow();

        assertThat(metadata.remove("b")).isTrue();
        assertThat(metadata.remove("b")).isFalse();
        assertThat(metadata.read("b")).isEmpty();
        assertThat(metadata.compareAndSet("b", first.version(), bytes("x"))).isEmpty();
        assertThat(metadata.compareAndSet("b", Register.ABSENT, bytes("2"))
                        .orElseThrow()
                        .version())
                .isGreaterThan(first.version());
    }

    @Test
    void registersAreListedByKeyWithinAPrefix() {
        Metadata metadata = cluster.node("n3").metadata();
        List.of("c/2", "c/1", "ca", "c/10").forEach(key -> metadata.compareAndSet(key, Register.ABSENT, bytes(key)));

        assertThat(cluster.node("n1").metadata().list("c/"))
                .extracting(Register::key)
                .containsExactly("c/1", "c/10", "c/2");
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() ->
                        assertThat(cluster.node("n2").metadata().listHere("c/")).hasSize(3));
    }

    @Test
    void ofManyWhoWriteAtOnceOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(9);
        try {
            Callable<Optional<Register>> write = () -> cluster.nodes()
                    .get((int) (Thread.currentThread().getId() % 3))
                    .metadata()
                    .compareAndSet("d", Register.ABSENT, bytes("me"));
            List<Future<Optional<Register>>> outcomes = threads.invokeAll(Collections.nCopies(9, write));

            int won = 0;
            for (Future<Optional<Register>> outcome : outcomes) {
                won += outcome.get().isPresent() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyFounderEntersItself() {
        await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            for (Engine engine : cluster.nodes()) {
                List<MemberView> members = engine.membership().members();
                assertThat(members).extracting(member -> member.address().id()).containsExactly("n1", "n2", "n3");
                assertThat(members).extracting(MemberView::state).containsOnly(MemberState.UP);
                assertThat(members).extracting(MemberView::groups).containsOnly(3);
                assertThat(members).extracting(MemberView::uid).doesNotHaveDuplicates();
            }
        });
        assertThat(cluster.node("n1").membership().members().get(0).address()).isEqualTo(cluster.founder("n1"));
    }
}
