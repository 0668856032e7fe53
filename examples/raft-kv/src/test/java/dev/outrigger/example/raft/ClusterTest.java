package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sidecars of three nodes tell of their cluster, and what they do with it when they are told to. */
class ClusterTest {

    private static final List<String> NAMES = List.of("n1", "n2", "n3");
    private static final Pattern SHARDS = Pattern.compile("\"shards\":\\[([0-9,]*)\\]");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private ClusterProcesses cluster;

    @BeforeEach
    void start() {
        cluster = ClusterProcesses.ofThree(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void everyNodeTellsTheSame() {
        String leader = awaitLeader("n1");
        for (String node : NAMES) {
            await(node)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(members(node))
                            .isEqualTo("{\"selfAddress\":\"" + node + "\",\"leader\":\"" + leader + "\",\"members\":["
                                    + Stream.of("n1", "n2", "n3")
                                            .map(name -> member(name, "up", node))
                                            .reduce((a, b) -> a + "," + b)
                                            .orElseThrow()
                                    + "]}"));
            assertThat(get(node, "/cluster/leader"))
                    .isEqualTo("{\"leader\":\"" + leader + "\",\"isSelf\":" + leader.equals(node) + "}");
            await(node)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(node, "/cluster/restart-safety"))
                            .isEqualTo(
                                    "{\"safe\":true,\"risks\":{\"quorum_loss\":[],\"offline\":[],\"below_min_in_sync\":[],"
                                            + "\"single_replica\":[]},\"recovered_percent\":100.0}"));
        }
    }

    @Test
    void eachShardIsLedByOneMemberAsEveryNodeTells() {
        for (String node : NAMES) {
            await(node).atMost(PATIENCE).untilAsserted(() -> {
                String regions = get(node, "/cluster/shards?type=kv");
                assertThat(regions)
                        .matches("\\{\"typeName\":\"kv\",\"regions\":\\[" + region("n1") + "," + region("n2") + ","
                                + region("n3") + "\\]\\}");
                assertThat(shards(regions)).containsExactlyInAnyOrder("0", "1", "2", "3");
            });
        }
        assertThat(Http.get(cluster.ops("n1"), "/cluster/shards?type=cart").statusCode())
                .isEqualTo(404);
        assertThat(get("n1", "/health")).contains("\"total_shards\":4", "\"active_shards\":4");
    }

    @Test
    void aMemberThatIsAwayIsNamedByTheOthersWhichStayReady() {
        awaitLeader("n1");
        cluster.kill("n3");

        for (String node : List.of("n1", "n2")) {
            await(node + " of its peer")
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(get(node, "/health/cluster"))
                            .containsPattern(
                                    "\"name\":\"n3\",\"kind\":\"peer\",\"url\":\"[^\"]+\",\"status\":\"offline\""));
            await(node).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(members(node)).contains(member("n3", "unreachable", node));
                assertThat(Http.status(cluster.ops(node), "/ready")).isEqualTo(200);
                assertThat(Http.status(cluster.ops(node), "/health")).isEqualTo(200);
                assertThat(Http.get(cluster.ops(node), "/cluster/restart-safety")
                                .statusCode())
                        .isEqualTo(503);
                assertThat(get(node, "/cluster/restart-safety")).contains("\"quorum_loss\":[0,1,2,3]");
            });
        }
        assertThat(RespConnection.askOnce(cluster.resp("n2"), "SET k v")).isEqualTo("+OK");

        cluster.start("n3");
        cluster.awaitReady("n3");
        for (String node : NAMES) {
            await(node).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(members(node)).contains(member("n3", "up", node));
                assertThat(Http.get(cluster.ops(node), "/cluster/restart-safety")
                                .statusCode())
                        .isEqualTo(200);
            });
        }
    }

    @Test
    void aMemberThatLeavesHandsOverAndIsGone() {
        String leader = awaitLeader("n1");
        assertThat(RespConnection.askOnce(cluster.resp("n1"), "SET k v")).isEqualTo("+OK");
        awaitSafe(leader);

        assertThat(Http.post(cluster.ops(leader), "/cluster/leave", "").body()).isEqualTo("{\"status\":\"leaving\"}");
        assertThat(Http.status(cluster.ops(leader), "/ready")).isEqualTo(503);
        assertThat(Http.post(cluster.ops(leader), "/cluster/leave", "").body()).isEqualTo("{\"status\":\"leaving\"}");

        List<String> others =
                NAMES.stream().filter(name -> !name.equals(leader)).toList();
        for (String node : others) {
            await(node).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(members(node)).doesNotContain("\"address\":\"" + leader + "\"");
                assertThat(others).contains(cluster.leader(node));
                assertThat(shards(get(node, "/cluster/shards?type=kv"))).containsExactlyInAnyOrder("0", "1", "2", "3");
            });
            assertThat(RespConnection.askOnce(cluster.resp(node), "GET k")).isEqualTo("v");
            assertThat(Http.status(cluster.ops(node), "/ready")).isEqualTo(200);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(members(leader)).contains("\"address\":\"" + leader + "\",\"status\":\"removed\""));
        assertThat(Http.status(cluster.ops(leader), "/health")).isEqualTo(200);
    }

    @Test
    void aNodeThatJoinsIsUpAndReadyWhenItIsInEveryGroup() {
        awaitLeader("n1");
        for (int i = 0; i < 50; i++) {
            assertThat(RespConnection.askOnce(cluster.resp("n1"), "SET key-" + i + " v"))
                    .isEqualTo("+OK");
        }
        cluster.join("n4");
        cluster.awaitReady("n4");

        for (String node : cluster.names()) {
            await(node)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(members(node)).contains(member("n4", "up", node)));
        }
        assertThat(Http.status(cluster.ops("n4"), "/startup")).isEqualTo(200);
        assertThat(RespConnection.askOnce(cluster.resp("n4"), "GET key-49")).isEqualTo("v");
        awaitSafe("n4");
        cluster.kill("n1"); // three of four go on
        await().atMost(PATIENCE)
                .until(() -> RespConnection.askOnce(cluster.resp("n4"), "SET key-0 w")
                        .equals("+OK"));
    }

    @Test
    void aNodeThatIsLeftAloneIsNotReadyAndLives() {
        awaitLeader("n1");
        cluster.kill("n2");
        cluster.kill("n3");

        await().atMost(PATIENCE).until(() -> Http.status(cluster.ops("n1"), "/ready") == 503);
        assertThat(Http.status(cluster.ops("n1"), "/health")).isEqualTo(200);
        assertThat(get("n1", "/cluster/leader")).isEqualTo("{\"leader\":null,\"isSelf\":false}");
        assertThat(RespConnection.askOnce(cluster.resp("n1"), "GET k")).startsWith("-CLUSTERDOWN ");

        cluster.start("n2");
        cluster.awaitReady("n1");
        cluster.awaitReady("n2");
        assertThat(RespConnection.askOnce(cluster.resp("n2"), "GET k")).isEqualTo(RespConnection.NIL);
    }

    @Test
    void aDeadMemberIsDeclaredDownAndTheOthersGoOnWithoutIt() {
        awaitLeader("n1");
        cluster.kill("n2");
        assertThat(Http.post(cluster.ops("n1"), "/cluster/down", "{\"address\":\"n1\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(Http.post(cluster.ops("n1"), "/cluster/down", "{\"address\":\"n9\"}")
                        .statusCode())
                .isEqualTo(404);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Http.post(cluster.ops("n1"), "/cluster/down", "{\"address\":\"n2\"}")
                                .body())
                        .isEqualTo("{\"downed\":\"n2\"}"));

        for (String node : List.of("n1", "n3")) {
            await(node).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(members(node)).contains(member("n2", "down", node));
                assertThat(shards(get(node, "/cluster/shards?type=kv"))).containsExactlyInAnyOrder("0", "1", "2", "3");
                assertThat(Http.status(cluster.ops(node), "/ready")).isEqualTo(200);
            });
        }
        assertThat(Http.post(cluster.ops("n1"), "/cluster/down", "{\"address\":\"n2\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    private String awaitLeader(String node) {
        await("a leader").atMost(PATIENCE).until(() -> !cluster.leader(node).isEmpty());
        return cluster.leader(node);
    }

    private void awaitSafe(String node) {
        await(node).atMost(PATIENCE).until(() -> Http.status(cluster.ops(node), "/cluster/restart-safety") == 200);
    }

    private String get(String node, String path) {
        return Http.get(cluster.ops(node), path).body();
    }

    /** What a node says of the members, without the numbers that are others each time. */
    private String members(String node) {
        return get(node, "/cluster/members").replaceAll("\"uid\":[0-9-]+", "\"uid\":1");
    }

    private String member(String name, String status, String asked) {
        String version = name.equals(asked) ? "\"development\"" : "null";
        return "{\"address\":\"" + name + "\",\"status\":\"" + status
                + "\",\"roles\":[\"data\"],\"uniqueAddress\":{\"address\":\""
                + name + "\",\"uid\":1},\"version\":" + version + ",\"ops_url\":\"http://127.0.0.1:" + cluster.ops(name)
                + "\"}";
    }

    private static String region(String name) {
        return "\\{\"address\":\"" + name + "\",\"shards\":\\[[0-9,]*\\]\\}";
    }

    private static List<String> shards(String regions) {
        List<String> shards = new ArrayList<>();
        for (Matcher found = SHARDS.matcher(regions); found.find(); ) {
            Stream.of(found.group(1).split(",")).filter(id -> !id.isEmpty()).forEach(shards::add);
        }
        return shards;
    }
}
