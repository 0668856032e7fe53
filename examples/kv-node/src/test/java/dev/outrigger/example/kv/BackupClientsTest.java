package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.kv.Curl.Answer;
import dev.outrigger.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore of one node, by the programs that people have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BackupClientsTest {

    private static final Generation FIRST = new Generation(1, false);
    private static final String HEADER = "__outrigger_metadata__.json";
    private static final String CHECKSUMS = "__outrigger_checksums__.json";

    private Path root;
    private DirectoryPlace place;
    private NodeProcess node;
    private NodeContent content;
    private Curl curl;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        root = Files.createDirectory(directory.resolve("root"));
        place = new DirectoryPlace(Files.createDirectory(root.resolve("place")));
        Files.createSymbolicLink(root.resolve("out"), Files.createDirectory(directory.resolve("elsewhere")));
        node = NodeProcess.start(directory, "--backup-root=" + root, "--backup-root=s3://bucket/p");
        content = NodeContent.begin(node, FIRST);
        curl = new Curl(node);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private String order(String id, String... rest) {
        return "{\"backup_id\":\"" + id + "\",\"location\":\"" + place.location() + "\"" + String.join("", rest) + "}";
    }

    private String backUp(String id, String... rest) {
        Answer made = curl.post("/api/v1/backup", order(id, rest));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return made.body();
    }

    private Answer restore(String id, String... rest) {
        return curl.post("/api/v1/restore", order(id, rest));
    }

    private void awaitCompleted(Answer begun) {
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        NodeJobs.Job job = NodeJobs.awaitEnd(node, begun.json().string("job_id"));
        assertThat(job.state()).as("%s", job).isEqualTo("completed");
    }

    private static String shell(String command) {
        Running.Outcome outcome = Running.toEnd(List.of("bash", "-o", "pipefail", "-c", command), "");
        assertThat(outcome.code()).as("%s: %s", command, outcome.output()).isZero();
        return outcome.output();
    }

    @Test
    void everyArchiveIsListedAndUnpackedByZstdAndTar(@TempDir Path unpacked) throws Exception {
        String zstd = Programs.path("zstd");
        String tar = Programs.path("tar");
        backUp("tools");
        List<String> archives = place.names().stream()
                .filter(name -> name.endsWith("-tools.tar.zst"))
                .toList();
        assertThat(archives).hasSize(16);
        for (String archive : archives) {
            String contents = zstd + " -dc " + place.directory().resolve(archive) + " | " + tar;
            List<String> entries = shell(contents + " t").lines().toList();
            assertThat(entries)
                    .startsWith(HEADER)
                    .contains("CURRENT")
                    .endsWith(CHECKSUMS)
                    .allMatch(entry -> !entry.contains("/"));
            Path into = Files.createDirectory(unpacked.resolve(archive));
            assertThat(shell(contents + " x -C " + into)).isEmpty();
            assertFiles(into);
        }
    }

    /** What the archive says of its files is what came out of it. */
    private static void assertFiles(Path into) throws Exception {
        List<String> names = new ArrayList<>(List.of(HEADER, CHECKSUMS));
        List<String> checksums = new ArrayList<>();
        for (JsonObject file : document(into, HEADER).objects("files")) {
            String name = file.string("path");
            byte[] bytes = Files.readAllBytes(into.resolve(name));
            assertThat(bytes).as(name).hasSize((int) file.wholeNumber("bytes"));
            names.add(name);
            checksums.add(crc32c(bytes));
        }
        assertThat(document(into, CHECKSUMS).optionalStrings("crc32c")).contains(checksums);
        try (var found = Files.list(into)) {
            assertThat(found.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static JsonObject document(Path into, String name) throws Exception {
        return dev.outrigger.json.JsonReader.object(Files.readAllBytes(into.resolve(name)));
    }

    private static String crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    @Test
    void aTableComesBackUnderAnotherNameForRedisCli() {
        String cli = Programs.path("redis-cli") + " -p " + node.respPort() + " --raw ";
        String key = "greeting";
        assertThat(shell(cli + "SET " + key + " hello")).isEqualTo("OK\n");
        backUp("renamed");
        awaitCompleted(restore("renamed", ",\"rename\":{\"lower\":\"low\",\"upper\":\"up\"}"));
        assertThat(shell(cli + "KV.TABLES")).contains("low\n0-511\nattached\n", "up\n512-1023\nattached\n");
        assertThat(shell(cli + "SET " + key + " changed")).isEqualTo("OK\n");
        assertThat(shell(cli + "KV.GET low " + key) + shell(cli + "KV.GET up " + key))
                .isEqualTo("hello\n\n");
        long kept = Long.parseLong(shell(cli + "KV.COUNT low").strip())
                + Long.parseLong(shell(cli + "KV.COUNT up").strip());
        assertThat(kept).isEqualTo(Generation.keys().count() + 1);
        assertThat(shell(cli + "KV.DROP low") + shell(cli + "KV.DROP up") + shell(cli + "DEL " + key))
                .isEqualTo("OK\nOK\n1\n");
    }

    @Test
    void whoDoesNotWaitIsToldWhereToLookAndIsToldTheEnd() {
        Answer begun = curl.post("/api/v1/backup?wait=0", order("async"));
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        assertThat(begun.json().string("status")).isEqualTo("running");
        assertThat(begun.location()).isEqualTo("/api/v1/jobs/" + begun.json().string("job_id"));
        String events = curl.stream(begun.location() + "/events");
        assertThat(events).contains("event: state\n").contains("\"state\":\"completed\"");
        assertThat(events.substring(events.lastIndexOf("event: "))).startsWith("event: end\n");
        assertThat(curl.get(begun.location()).json().string("state")).isEqualTo("completed");

        Answer preferred = curl.post("/api/v1/backup", order("preferred"), "-H", "Prefer: respond-async");
        assertThat(preferred.status()).as(preferred.body()).isEqualTo(202);
        assertThat(curl.stream(preferred.location() + "/events")).contains("event: end\n");
    }

    @Test
    void whatIsHostileIsRefusedBeforeAnythingIsWritten() {
        SortedSet<String> before = new DirectoryPlace(root.getParent()).names();
        SortedSet<String> beforeAtRoot = new DirectoryPlace(root).names();
        for (String id :
                List.of("../x", "a/../../b", "x-cluster", "cluster", "a..b", "", ".a", "a b", "a".repeat(97))) {
            assertThat(curl.post("/api/v1/backup", order(id)).status()).as(id).isEqualTo(400);
            assertThat(restore(id).status()).as(id).isEqualTo(400);
        }
        for (String location : List.of(
                "file://relative",
                place.location() + "/../../elsewhere",
                place.location() + "?a=b",
                place.location() + "#a",
                place.location() + "/%2e%2e",
                "file:///",
                "file:" + root,
                root.toString(),
                "s3://user:pass@b/p",
                "s3:///p",
                "s3://b",
                "ftp://h/p",
                "http://169.254.169.254/",
                "")) {
            assertRefused(location, 400);
        }
        for (String location : List.of(
                "file:///etc", "file://" + root + "/out", "file://" + root + "x", "s3://other/p", "s3://bucket/px")) {
            assertRefused(location, 403);
        }
        assertThat(new DirectoryPlace(root).names()).isEqualTo(beforeAtRoot);
        SortedSet<String> after = new DirectoryPlace(root.getParent()).names();
        after.removeAll(before);
        assertThat(after).allMatch(name -> name.startsWith("data/logs/") || name.startsWith("data/rocksdb/"));
    }

    private void assertRefused(String location, int status) {
        String body = "{\"backup_id\":\"hostile\",\"location\":\"" + location + "\"}";
        for (String path : List.of("/api/v1/backup", "/api/v1/restore")) {
            Answer answer = curl.post(path, body);
            assertThat(answer.status())
                    .as("%s %s: %s", path, location, answer.body())
                    .isEqualTo(status);
            assertThat(answer.body()).doesNotContain("pass");
        }
    }

    @Test
    void anUnknownTableIsSaidToHaveFailedAndTheOthersAreThere() {
        String made = backUp("partial", ",\"table_names\":[\"nobody\",\"upper\"]");
        assertThat(made)
                .contains(
                        "\"tables\":[{\"name\":\"nobody\",\"status\":\"failed\",\"error\":\"there is no such table\"},"
                                + "{\"name\":\"upper\",\"status\":\"completed\",\"error\":null}],\"status\":\"partial\"}");
        Answer failed = curl.post("/api/v1/backup", order("failed", ",\"table_names\":[\"nobody\"]"));
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.json().string("status")).isEqualTo("failed");
        assertThat(failed.body())
                .contains("{\"name\":\"nobody\",\"status\":\"failed\",\"error\":\"there is no such table\"}");
        assertThat(place.names()).noneMatch(name -> name.contains("failed"));
        assertThat(restore("partial", ",\"table_names\":[\"lower\"]").status()).isEqualTo(400);
        assertThat(restore("failed").status()).isEqualTo(404);
    }

    @Test
    void aTableThatIsThereIsKeptSkippedOrReplacedAsAsked() {
        backUp("modes");
        assertThat(curl.post("/api/v1/backup", order("modes")).status()).isEqualTo(409);
        Answer refused = restore("modes");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("table: 'lower' (expected: one that does not exist)");
        assertThat(restore("modes", ",\"restore_mode\":\"maybe\"").status()).isEqualTo(400);

        Generation second = new Generation(2, false);
        content.write(node, second);
        Answer skipped = restore("modes", ",\"restore_mode\":\"skip_if_exists\"");
        assertThat(skipped.body()).contains("{\"name\":\"lower\",\"status\":\"skipped\"");
        awaitCompleted(skipped);
        assertHolds("lower", second);
        awaitCompleted(restore("modes", ",\"restore_mode\":\"overwrite\",\"table_names\":[\"lower\"]"));
        assertHolds("lower", FIRST);
        assertHolds("upper", second);
        content.write(node, FIRST);
    }

    private void assertHolds(String table, Generation expected) {
        assertThat(content.read(node, table, table, List.of(expected)))
                .as(table)
                .containsExactly(expected);
    }

    @Test
    void aRehearsalChangesNothing() {
        backUp("rehearsed");
        String order = order("rehearsed", ",\"restore_mode\":\"overwrite\"");
        for (String depth : List.of("files", "metadata")) {
            Answer checked = curl.post("/api/v1/restore?dry_run=" + depth, order);
            assertThat(checked.status()).as(checked.body()).isEqualTo(200);
            assertThat(checked.json().string("status")).isEqualTo("checked");
        }
        Answer data = curl.post("/api/v1/restore?dry_run=data", order);
        awaitCompleted(data);
        assertThat(curl.post("/api/v1/restore?dry_run=all", order).status()).isEqualTo(400);
        place.remove(place.names().stream()
                .filter(name -> name.startsWith("shard-0-") && name.endsWith("-rehearsed.tar.zst"))
                .findFirst()
                .orElseThrow());
        assertThat(curl.post("/api/v1/restore?dry_run=files", order).status()).isEqualTo(422);
    }
}
