package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwoWritersTest {

    private static final int ROUNDS = 10;

    @TempDir
    private Path directory;

    @Test
    void oneOfTwoNodesGetsAnIdInADirectory() throws Exception {
        compete(new DirectoryPlace(Files.createDirectory(directory.resolve("place"))));
    }

    @Test
    void oneOfTwoNodesGetsAnIdInABucket() throws Exception {
        try (S3Server server = S3Server.start();
                BackupPlace bucket = new BucketPlace(server, "shared")) {
            compete(bucket);
        }
    }

    private void compete(BackupPlace place) throws Exception {
        try (KilledNode one = node("one", place);
                KilledNode other = node("other", place)) {
            List<Writer> writers = List.of(new Writer(one.process()), new Writer(other.process()));
            for (int round = 1; round <= ROUNDS; round++) {
                compete(place, writers, round);
                assertThat(one.leftovers()).isEmpty();
                assertThat(other.leftovers()).isEmpty();
            }
        }
    }

    private KilledNode node(String name, BackupPlace place) throws Exception {
        return new KilledNode(Files.createDirectory(directory.resolve(name)), place);
    }

    private static void compete(BackupPlace place, List<Writer> writers, int round) {
        String order = "{\"backup_id\":\"b" + round + "\",\"location\":\"" + place.location() + "\"}";
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).write(new Generation(round * writers.size() + i, false)); // so that each has something else
        }
        List<CompletableFuture<HttpResponse<String>>> answers = writers.stream()
                .map(writer -> writer.node.postLater("/api/v1/backup", order))
                .toList();
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();
        assertThat(statuses).as("round %d: %s", round, bodies(answers)).containsExactlyInAnyOrder(200, 409);
        assertThat(place.listed())
                .extracting(BackupPlace.Listed::id)
                .contains("b" + round)
                .hasSize(round);
        assertThat(place.leftovers()).as("round %d", round).isEmpty();
        assertThat(place.openUploads()).isZero();
        writers.get(statuses.indexOf(200)).assertBroughtBack(place, "b" + round);
    }

    private static List<String> bodies(List<CompletableFuture<HttpResponse<String>>> answers) {
        return answers.stream().map(answer -> answer.join().body()).toList();
    }

    /** A node that has something to back up. */
    private static final class Writer {

        private final NodeProcess node;
        private final NodeContent content;
        private Generation present = new Generation(0, false);

        Writer(NodeProcess node) {
            this.node = node;
            node.awaitService();
            content = NodeContent.begin(node, present);
        }

        void write(Generation generation) {
            present = generation;
            content.write(node, generation);
        }

        void assertBroughtBack(BackupPlace place, String id) {
            HttpResponse<String> answer = node.post(
                    "/api/v1/restore",
                    "{\"backup_id\":\"" + id + "\",\"location\":\"" + place.location()
                            + "\",\"rename\":{\"lower\":\"low\",\"upper\":\"up\"}}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            NodeJobs.Job job = NodeJobs.awaitEnd(node, NodeJobs.json(answer).string("job_id"));
            assertThat(job.state()).as("%s", job).isEqualTo("completed");
            assertThat(content.read(node, "lower", "low", List.of(present))).containsExactly(present);
            assertThat(content.read(node, "upper", "up", List.of(present))).containsExactly(present);
            NodeContent.drop(node, "low");
            NodeContent.drop(node, "up");
        }
    }
}
