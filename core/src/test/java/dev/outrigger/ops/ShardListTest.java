package dev.outrigger.ops;

import static dev.outrigger.shard.ShardStatus.DEGRADED;
import static dev.outrigger.shard.ShardStatus.HEALTHY;
import static dev.outrigger.shard.ShardStatus.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.FakeShards;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardState;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The array of shards in {@code /health}, byte by byte, and what comes of providers that cannot give it. */
class ShardListTest {

    private static final String FIRST = """
            {"id":0,"status":"healthy","is_leader":true,"raft_term":5,"commit_index":12345,"last_applied":12345}""";

    private static final String SECOND = """
            {"id":41,"status":"degraded","is_leader":false,"raft_term":9223372036854775807,"commit_index":0,\
            "last_applied":null}""";

    private static final String THIRD = """
            {"id":1000,"status":"unavailable","is_leader":false,"raft_term":null,"commit_index":null,\
            "last_applied":null}""";

    private final FakeShards shards = FakeShards.of(
            new ShardState(0, HEALTHY, Leadership.LOCAL, 5, 12_345, 12_345),
            new ShardState(41, DEGRADED, Leadership.REMOTE, Long.MAX_VALUE, 0, -1),
            new ShardState(1_000, UNAVAILABLE, Leadership.NONE, -1, -1, -1));

    private final ProbeClient client = new ProbeClient(HealthMonitor.builder().shards(shards));

    @Test
    void allShardsAreListed() {
        client.driven.settle();

        assertThat(list("/health")).isEqualTo("""
                200 {"ok":true,"status":"degraded","node_id":"node0","uptime_seconds":0,"total_shards":1024,\
                "active_shards":3,"checks":{},"shards":[%s,%s,%s],"warnings":[]}""".formatted(FIRST, SECOND, THIRD));
    }

    @Test
    void theListMayBeFilteredAndPaged() {
        client.driven.settle();

        assertThat(list("/health?shard_status=unavailable")).contains("\"shards\":[" + THIRD + "],");
        assertThat(list("/health?limit=2")).contains("\"shards\":[" + FIRST + "," + SECOND + "],");
        assertThat(list("/health?after=0&limit=1")).contains("\"shards\":[" + SECOND + "],");
        assertThat(list("/health?after=40")).contains("\"shards\":[" + SECOND + "," + THIRD + "],");
        assertThat(list("/health?after=1000")).contains("\"shards\":[],");
        assertThat(list("/health?limit=0")).contains("\"shards\":[],");
        assertThat(list("/health?shard_status=healthy&after=0")).contains("\"shards\":[],");
    }

    @Test
    void aPageThatThereCannotBeIs400() {
        assertThat(client.code("/health?shard_status=broken")).isEqualTo(400);
        assertThat(client.code("/health?limit=many")).isEqualTo(400);
        assertThat(client.code("/health?after=-2")).isEqualTo(400);
    }

    @Test
    void withoutShardsNobodyIsAsked() {
        client.driven.settle();

        assertThat(client.get("/health?shards=false")).isEqualTo("""
                200 {"ok":true,"status":"degraded","node_id":"node0","uptime_seconds":0,"total_shards":1024,\
                "active_shards":3,"checks":{},"warnings":[]}""");
        assertThat(client.lane.waiting()).isZero();
    }

    @Test
    void oneRenderingASecondServesAll() {
        client.driven.settle();
        Response first = client.ask(FakeRequest.get("/health"));
        Response second = client.ask(FakeRequest.get("/health"));
        assertThat(client.lane.waiting()).isOne();
        client.lane.runAll();

        assertThat(ProbeClient.told(first)).isEqualTo(ProbeClient.told(second)).contains(THIRD);
        client.pass(Duration.ofMillis(900));
        assertThat(client.get("/health")).contains(THIRD);
        assertThat(client.lane.waiting()).isZero();

        client.pass(Duration.ofMillis(200));
        client.ask(FakeRequest.get("/health"));
        assertThat(client.lane.waiting()).isOne();
    }

    @Test
    void aListThatTakesLongerThanASecondIsNullWithAWarning() {
        client.driven.settle();
        Response waiting = client.ask(FakeRequest.get("/health"));

        client.pass(Duration.ofMillis(900));
        assertThat(ProbeClient.told(waiting)).isEqualTo("not yet");
        client.pass(Duration.ofMillis(100));

        String expected = """
                200 {"ok":true,"status":"degraded","node_id":"node0","uptime_seconds":0,"total_shards":1024,\
                "active_shards":3,"checks":{},"shards":null,"warnings":["shards: not listed within a second"]}""";
        assertThat(ProbeClient.told(waiting)).isEqualTo(expected);
        assertThat(client.get("/health"))
                .as("nobody waits behind a rendering that hangs")
                .isEqualTo(expected);
        assertThat(client.lane.waiting()).as("nor is another begun").isOne();

        client.lane.runAll();
        assertThat(client.get("/health")).contains(THIRD);
    }

    @Test
    void aProviderThatThrowsLeavesTheCodeAndTheRest() {
        client.driven.settle();
        shards.fail(new IllegalStateException("secret"));

        assertThat(list("/health"))
                .startsWith("200 ")
                .endsWith("\"shards\":null,\"warnings\":[\"shards: the list could not be had\"]}")
                .doesNotContain("secret");
    }

    @Test
    void aProviderThatHangsCostsNoThreadOfTheLane() {
        client.driven.settle();
        client.driven.pass(Duration.ofSeconds(3));

        assertThat(client.get("/health")).endsWith("""
                "shards":null,"warnings":["shards: the provider does not answer","shards: not listed within a second"]}""");
        assertThat(client.lane.waiting()).isZero();
    }

    @Test
    void aBusyLaneLeavesTheCodeAndTheRest() {
        client.driven.settle();
        client.lane.refuse(true);

        assertThat(client.get("/health"))
                .startsWith("200 ")
                .endsWith("\"shards\":null,\"warnings\":[\"shards: too busy to list them\"]}");
    }

    @Test
    void countsThatAreNotKnownYetAreNull() {
        assertThat(client.get("/health?shards=false")).contains("\"total_shards\":null,\"active_shards\":null");
        assertThat(client.get("/ready"))
                .startsWith("503 {\"ok\":false,\"status\":\"not_ready\",\"reasons\":[\"shards\"]");
        assertThat(client.get("/health/quick")).isEqualTo("503 UNAVAILABLE");
    }

    @Test
    void aReaderWhoLeavesIsForgotten() {
        client.driven.settle();
        LaterResponse waiting = (LaterResponse) client.ask(FakeRequest.get("/health"));

        waiting.abandoned().run();
        client.lane.runAll();

        assertThat(ProbeClient.told(waiting)).isEqualTo("not yet");
    }

    @Test
    void aLongListIsHandedOutInPieces() {
        shards.total(100_000);
        shards.become(IntStream.range(0, 65_536)
                .mapToObj(id -> new ShardState(id, id % 2 == 0 ? HEALTHY : DEGRADED, Leadership.LOCAL, 5, 7, 7))
                .toArray(ShardState[]::new));
        client.driven.settle();

        Response answer = client.ask(FakeRequest.get("/health"));
        client.lane.runAll();

        assertThat(now(answer)).isInstanceOf(StreamResponse.class);
        String body = ProbeClient.told(answer);
        assertThat(body).contains("{\"id\":65535,").hasSizeGreaterThan(6_000_000);
        assertThat(body.split("\"id\":", -1)).hasSize(65_537);
        assertThat(list("/health?shard_status=degraded").split("\"id\":", -1)).hasSize(32_769);
        assertThat(list("/health?shard_status=degraded&limit=3"))
                .contains("\"id\":1,", "\"id\":3,", "\"id\":5,")
                .doesNotContain("\"id\":7,");
    }

    @Test
    void aHeadRequestRendersNothing() {
        client.driven.settle();

        assertThat(ProbeClient.told(client.ask(FakeRequest.get("/health").as(Method.HEAD))))
                .isEqualTo("200 ");
        assertThat(client.lane.waiting()).isZero();
    }

    @Test
    void anArrayThatIsBeingReadIsNotWrittenOver() throws Exception {
        shards.total(100_000);
        ShardState[] many = IntStream.range(0, 2_000)
                .mapToObj(id -> FakeShards.shard(id, HEALTHY))
                .toArray(ShardState[]::new);
        shards.become(many);
        client.driven.settle();
        Response slow = client.ask(FakeRequest.get("/health"));
        client.lane.runAll();
        StreamResponse held = (StreamResponse) now(slow);
        held.body().next();

        client.pass(Duration.ofSeconds(2));
        shards.become(FakeShards.shard(7, DEGRADED));
        client.driven.settle();
        assertThat(list("/health")).contains("{\"id\":7,\"status\":\"degraded\"");

        assertThat(ProbeClient.told(held)).contains("{\"id\":1999,\"status\":\"healthy\"");
    }

    private String list(String target) {
        client.pass(Duration.ofSeconds(2));
        Response answer = client.ask(FakeRequest.get(target));
        client.lane.runAll();
        return ProbeClient.told(answer);
    }

    private static Response now(Response later) {
        return ((LaterResponse) later).stage().toCompletableFuture().getNow(later);
    }
}
