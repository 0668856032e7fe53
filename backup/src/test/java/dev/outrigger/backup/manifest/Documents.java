package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.spi.TableName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A manifest and a claim, and what their documents are, byte for byte. */
final class Documents {

    static final BackupId ID = new BackupId("b1");
    static final BackupNames NAMES = new BackupNames(ID);
    static final TableName USERS = new TableName("users/2");
    static final TableName LOST = new TableName("lost");
    static final ManifestSignature KEY = ManifestSignature.with(SigningKey.of("sixteen bytes...".getBytes(UTF_8)));
    static final ManifestSignature OTHER_KEY =
            ManifestSignature.with(SigningKey.of("another sixteen.".getBytes(UTF_8)));

    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);

    private static final String TABLE = "\"status\":\"completed\",\"error\":null,\"shard_count\":2,"
            + "\"metadata\":{\"file\":\"users%2F2-b1-metadata.json\",\"bytes\":10,\"sha256\":\"" + A + "\"},"
            + "\"shards\":["
            + "{\"id\":0,\"file\":\"shard-0-users%2F2-b1.tar.zst\",\"bytes\":20,\"sha256\":\"" + B + "\","
            + "\"raw_bytes\":2048,\"entries\":1,\"content_sha256\":\"" + C + "\",\"node\":\"n1\"},"
            + "{\"id\":7,\"file\":\"shard-7-users%2F2-b1.tar.zst\",\"bytes\":30,\"sha256\":\"" + C + "\","
            + "\"raw_bytes\":4096,\"entries\":2,\"content_sha256\":\"" + B + "\",\"node\":\"n1\"}]";

    static final String MANIFEST = "{\"format_version\":1,\"min_reader_version\":1,\"backup_id\":\"b1\","
            + "\"timestamp\":\"2026-11-01T02:03:04.567Z\",\"product\":\"kv-node\",\"kv_node_version\":\"1.2.3\","
            + "\"token\":\"t0\",\"status\":\"partial\","
            + "\"storage\":{\"conditional_put\":true,\"md5_verified\":false},"
            + "\"tables\":[{\"name\":\"lost\",\"backup_location\":\"file:///b\",\"status\":\"failed\","
            + "\"error\":\"why\",\"shard_count\":0,\"metadata\":null,\"shards\":[]},"
            + "{\"name\":\"users/2\",\"backup_location\":\"file:///b\"," + TABLE + "}]}";

    static final String CLAIM = "{\"token\":\"t0\",\"node_id\":\"n1\",\"boot_id\":\"boot\",\"job_id\":\"j1\","
            + "\"created_at\":\"2026-11-01T02:03:04.567Z\","
            + "\"tables\":[{\"name\":\"users/2\",\"shards\":[0,7]},{\"name\":\"lost\",\"shards\":[1]}],"
            + "\"written\":[{\"name\":\"users/2\",\"backup_location\":\"\"," + TABLE + "}]}";

    private Documents() {}

    static ManifestTable table() {
        return ManifestTable.completed(
                USERS,
                new BackupFile(NAMES.metadata(USERS), 10, new Sha256(A)),
                List.of(
                        new ManifestShard(
                                0,
                                new BackupFile(NAMES.shard(USERS, 0), 20, new Sha256(B)),
                                2048,
                                1,
                                new Sha256(C),
                                "n1"),
                        new ManifestShard(
                                7,
                                new BackupFile(NAMES.shard(USERS, 7), 30, new Sha256(C)),
                                4096,
                                2,
                                new Sha256(B),
                                "n1")));
    }

    static Manifest manifest() {
        return new Manifest(
                ID,
                Instant.parse("2026-11-01T02:03:04.567Z"),
                new Product("kv-node", "1.2.3"),
                "t0",
                ManifestStatus.PARTIAL,
                new StoreTraits(true, false),
                "file:///b",
                List.of(table(), ManifestTable.failed(LOST, "why")));
    }

    static Claim claim() {
        return Claim.of("t0", "n1", "boot", "j1", Instant.parse("2026-11-01T02:03:04.567Z"))
                .beginning(new Claim.ClaimedTable(USERS, List.of(0, 7)))
                .finished(table())
                .beginning(new Claim.ClaimedTable(LOST, List.of(1)));
    }

    /** What is wrong with a document, and what is said of it. */
    record Malformed(String from, String to, String message) {

        byte[] of(String document) {
            if (!document.contains(from)) {
                throw new IllegalArgumentException(from);
            }
            return document.replace(from, to).getBytes(UTF_8);
        }
    }

    /** What is malformed in the entry of a table, be it in a manifest or in a claim. */
    static Stream<Malformed> malformedTables() {
        String file = "file: not what this backup's would be called (expected: ";
        return Stream.of(
                new Malformed("users%2F2-b1-metadata", "users%2F2-b2-metadata", file + NAMES.metadata(USERS) + ")"),
                new Malformed("\"file\":\"shard-0", "\"file\":\"../shard-0", file + NAMES.shard(USERS, 0) + ")"),
                new Malformed("\"file\":\"shard-0", "\"file\":\"shard-7", file + NAMES.shard(USERS, 0) + ")"),
                new Malformed(
                        "\"bytes\":10", "\"bytes\":-1", "bytes of users%2F2-b1-metadata.json: -1 (expected: >= 0)"),
                new Malformed("\"bytes\":20", "\"bytes\":-1", "-1 (expected: >= 0)"),
                new Malformed(
                        "\"raw_bytes\":2048", "\"raw_bytes\":-1", "shard: 0, -1 bytes, 1 entries (expected: >= 0)"),
                new Malformed("\"entries\":1", "\"entries\":-1", "shard: 0, 2048 bytes, -1 entries (expected: >= 0)"),
                new Malformed("\"id\":0,\"file\":\"shard-0", "\"id\":-1,\"file\":\"shard--1", "shard: -1, 2048 bytes"),
                new Malformed("\"id\":7,", "\"id\":4294967303,", "integer overflow"),
                new Malformed("\"id\":0,\"file\":\"shard-0", "\"id\":8,\"file\":\"shard-8", "shards out of order"),
                new Malformed("\"id\":0,\"file\":\"shard-0", "\"id\":7,\"file\":\"shard-7", "shards out of order"),
                new Malformed("\"shard_count\":2", "\"shard_count\":3", "table users/2 contradicts itself"),
                new Malformed("\"status\":\"completed\"", "\"status\":\"failed\"", "table users/2 contradicts itself"),
                new Malformed("\"status\":\"completed\"", "\"status\":\"odd\"", "table users/2 contradicts itself"),
                new Malformed("\"error\":null", "\"error\":\"why\"", "table users/2: neither whole nor failed"),
                new Malformed("\"metadata\":{", "\"metadata\":null,\"x\":{", "table users/2: neither whole nor failed"),
                new Malformed("\"shards\":[{", "\"fewer\":[{", "shards: missing (expected: an array of objects)"),
                new Malformed("\"sha256\":\"" + A, "\"sha256\":\"A" + A.substring(1), "sha256: 'Aaaa"),
                new Malformed("\"sha256\":\"" + A, "\"sha256\":\"a" + A, "64 hexadecimal digits"),
                new Malformed("\"name\":\"users/2\"", "\"name\":\"\"", "table: '' (expected: 1 to 96 bytes"),
                new Malformed("\"node\":\"n1\"", "\"edon\":\"n1\"", "node: missing (expected: a text)"),
                new Malformed("\"raw_bytes\":2048", "\"raw_bytes\":2048.5", "raw_bytes: "),
                new Malformed("\"raw_bytes\":2048", "\"raw_bytes\":\"2048\"", "raw_bytes: a text"));
    }
}
