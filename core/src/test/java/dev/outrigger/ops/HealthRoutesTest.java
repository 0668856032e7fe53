package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckScope;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.health.SwitchableCheck;
import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of a node without shards, byte by byte. */
class HealthRoutesTest {

    private static final String ENGINE = """
            "engine":{"ok":true,"status":"healthy","kind":"liveness","scope":"local","critical":true,\
            "message":null,"time":"2026-11-21T12:00:00.000Z","duration_ms":0.0,"age_ms":0,"details":{},"code":null}""";

    private static final String FAILED_DISK = """
            "disk":{"ok":false,"status":"unhealthy","kind":"readiness","scope":"external","critical":true,\
            "message":"read-only","time":"2026-11-21T12:00:00.000Z","duration_ms":0.0,"age_ms":0,\
            "details":{"path":"/data","free":7,"ratio":0.5,"nothing":null,"list":[1,"two"]},"code":null}""";

    private final SwitchableCheck disk = new SwitchableCheck();
    private final ReadinessGate recovery = ReadinessGate.closed("recovery", "replaying");

    @Test
    void pingAndHealthzAreConstant() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder());

        assertThat(client.get("/ping")).isEqualTo("200 pong");
        assertThat(client.get("/healthz")).isEqualTo("200 ok");
    }

    @Test
    void everyProbeIsAnonymousAndServedOnTheLoop() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder());

        assertThat(client.routes.routes())
                .allMatch(route -> route.access() == Access.PROBE && route.lane() == Lane.LOOP);
    }

    @Test
    void aHealthyNodeSaysSo() {
        ProbeClient client = started();

        assertThat(client.get("/health?exclude=disk")).isEqualTo("""
                200 {"ok":true,"status":"healthy","node_id":"node0","uptime_seconds":0,\
                "total_shards":0,"active_shards":0,"checks":{%s},"shards":[],"warnings":[]}""".formatted(ENGINE));
        assertThat(client.get("/ready?exclude=disk")).isEqualTo("""
                200 {"ok":true,"status":"ready","reasons":[],"progress":null,"checks":{%s},"warnings":[]}""".formatted(ENGINE));
        assertThat(client.get("/health/quick")).isEqualTo("200 OK");
        assertThat(client.get("/startup"))
                .isEqualTo("200 {\"ok\":true,\"status\":\"started\",\"reasons\":[],\"progress\":null}");
    }

    @Test
    void aliasesAnswerTheSame() {
        ProbeClient client = started();

        assertThat(client.get("/livez")).isEqualTo(client.get("/health"));
        assertThat(client.get("/readyz")).isEqualTo(client.get("/ready"));
    }

    @Test
    void aFailedReadinessCheckIs503OnReadyAndDegradedOnHealth() {
        disk.says(failure());
        ProbeClient client = started();

        assertThat(client.get("/ready")).isEqualTo("""
                503 {"ok":false,"status":"not_ready","reasons":["check:disk"],"progress":null,\
                "checks":{%s,%s},"warnings":[]}""".formatted(ENGINE, FAILED_DISK));
        assertThat(client.get("/health")).isEqualTo("""
                200 {"ok":true,"status":"degraded","node_id":"node0","uptime_seconds":0,"total_shards":0,\
                "active_shards":0,"checks":{%s,%s},"shards":[],"warnings":[]}""".formatted(ENGINE, FAILED_DISK));
    }

    @Test
    void anonymousReadersSeeNamesAndVerdictsAndTheSameCode() {
        disk.says(failure());
        ProbeClient client = started();

        assertThat(client.getAnonymously("/ready?only=disk")).isEqualTo("""
                503 {"ok":false,"status":"not_ready","reasons":["check:disk"],"progress":null,"checks":{"disk":{\
                "ok":false,"status":"unhealthy","kind":"readiness","scope":"external","critical":true,"message":null,\
                "time":"2026-11-21T12:00:00.000Z","duration_ms":0.0,"age_ms":0,"details":null,"code":null}},\
                "warnings":[]}""");
        for (String path : List.of("/health", "/ready", "/startup", "/ready?verbose", "/health/checks/disk")) {
            assertThat(client.getAnonymously(path))
                    .startsWith(client.get(path).substring(0, 3))
                    .doesNotContain("read-only")
                    .doesNotContain("/data");
        }
    }

    @Test
    void aNodeThatStartsTellsWhyItIsNotReadyAndHowFarItIs() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder().gate(recovery));
        recovery.progress(3, 10, "replaying the log");
        client.driven.pass(Duration.ofSeconds(1));

        assertThat(client.get("/startup")).isEqualTo("""
                503 {"ok":false,"status":"starting","reasons":["starting","gate:recovery"],\
                "progress":{"done":3,"total":10,"phase":"replaying the log"}}""");
        assertThat(client.get("/ready")).isEqualTo("""
                503 {"ok":false,"status":"not_ready","reasons":["starting","gate:recovery"],\
                "progress":{"done":3,"total":10,"phase":"replaying the log"},"checks":{},"warnings":[]}""");
        assertThat(client.get("/health/quick")).isEqualTo("503 UNAVAILABLE");
        assertThat(client.code("/health")).isEqualTo(200);
    }

    @Test
    void aTotalThatIsNotKnownIsNull() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder().gate(recovery));
        recovery.progress(3, -1, "counting");
        client.driven.pass(Duration.ofSeconds(1));

        assertThat(client.get("/startup")).contains("{\"done\":3,\"total\":null,\"phase\":\"counting\"}");
    }

    @Test
    void beforeItsFirstResultACheckIsUnknown() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder().check("engine", CheckOptions.liveness(), disk));

        assertThat(client.get("/livez/engine")).isEqualTo("""
                200 {"name":"engine","ok":true,"status":"unknown","kind":"liveness","scope":"local","critical":true,\
                "message":null,"time":null,"duration_ms":null,"age_ms":null,"details":{},"code":null}""");
        assertThat(client.code("/readyz/engine")).isEqualTo(503);
        assertThat(client.code("/health")).isEqualTo(200);
        assertThat(client.code("/ready")).isEqualTo(503);
    }

    @Test
    void startedNeverTurnsBack() {
        ProbeClient client = started();

        recovery.close("again");
        client.driven.monitor.drain();

        assertThat(client.code("/startup")).isEqualTo(200);
    }

    @Test
    void drainingShowsAtOnceOnReadyAndQuickAndNotOnHealth() {
        ProbeClient client = started();

        client.driven.monitor.drain();

        assertThat(client.get("/ready"))
                .startsWith("503 {\"ok\":false,\"status\":\"not_ready\",\"reasons\":[\"draining\"]");
        assertThat(client.get("/health/quick")).isEqualTo("503 UNAVAILABLE");
        assertThat(client.code("/health")).isEqualTo(200);
    }

    @Test
    void aHungCheckHasStatusHungAndCodeTimeout() {
        ProbeClient client = new ProbeClient(HealthMonitor.builder().check("disk", CheckOptions.readiness(), disk));
        client.driven.pass(Duration.ofMillis(1_050));

        assertThat(client.get("/health/checks/disk")).isEqualTo("""
                503 {"name":"disk","ok":false,"status":"hung","kind":"readiness","scope":"local","critical":true,\
                "message":"no result within 1s","time":"2026-11-21T12:00:01.050Z","duration_ms":1000.0,"age_ms":0,\
                "details":{},"code":"timeout"}""");
    }

    @Test
    void oneCheckIsServedByItself() {
        disk.says(failure());
        ProbeClient client = started();

        String expected = "503 {\"name\":\"disk\"," + FAILED_DISK.substring("\"disk\":{".length());
        assertThat(client.get("/health/checks/disk")).isEqualTo(expected);
        assertThat(client.get("/readyz/disk")).isEqualTo(expected);
        assertThat(client.code("/livez/engine")).isEqualTo(200);
    }

    @Test
    void aCheckThatThereIsNotIs404() {
        ProbeClient client = started();

        assertThat(client.get("/health/checks/none"))
                .isEqualTo("404 {\"error\":\"No such check\",\"status\":404,\"request_id\":\"request-1\"}");
        assertThat(client.code("/readyz/none")).isEqualTo(404);
        assertThat(client.code("/livez/disk")).as("not a liveness check").isEqualTo(404);
    }

    @Test
    void excludedChecksDoNotCount() {
        disk.says(failure());
        ProbeClient client = started();

        assertThat(client.get("/ready?exclude=disk")).startsWith("200 ").doesNotContain("\"disk\"");
        assertThat(client.get("/ready?exclude=disk,engine&exclude=other")).isEqualTo("""
                200 {"ok":true,"status":"ready","reasons":[],"progress":null,"checks":{},\
                "warnings":["exclude: no such check: other"]}""");
    }

    @Test
    void onlyWhatIsAskedForCounts() {
        disk.says(failure());
        ProbeClient client = started();

        assertThat(client.get("/ready?only=engine")).startsWith("200 ").doesNotContain("\"disk\"");
        assertThat(client.get("/ready?only=none"))
                .isEqualTo("404 {\"error\":\"No such check: none\",\"status\":404,\"request_id\":\"request-1\"}");
        assertThat(client.code("/ready?only=")).isEqualTo(503);
    }

    @Test
    void noChoiceOfChecksMakesADrainingNodeReady() {
        ProbeClient client = started();
        client.driven.monitor.drain();

        assertThat(client.code("/ready?only=engine")).isEqualTo(503);
        assertThat(client.code("/ready?exclude=disk")).isEqualTo(503);
    }

    @Test
    void verboseIsALineForEachCheck() {
        disk.says(HealthResult.unhealthy("read-only\n[+]engine ok"));
        ProbeClient client = started();

        assertThat(client.get("/readyz?verbose&exclude=x")).isEqualTo("""
                        503 [+]engine ok
                        [-]disk failed: read-only [+]engine ok
                        warn: exclude: no such check: x
                        readyz check failed
                        """);
        assertThat(client.getAnonymously("/livez?verbose"))
                .isEqualTo("200 [+]engine ok\n[-]disk failed: reason withheld\nlivez check passed\n");
        client.driven.monitor.drain();
        assertThat(client.get("/ready?verbose&only=engine"))
                .isEqualTo("503 [+]engine ok\n[-]draining failed\nready check failed\n");
    }

    @Test
    void whoeverNamesJsonGetsJson() {
        ProbeClient client = started();

        assertThat(ProbeClient.told(client.ask(FakeRequest.get("/ready?verbose").header("Accept", "application/json"))))
                .startsWith("200 {");
    }

    @Test
    void shardsMayBeLeftOut() {
        assertThat(started().get("/health?shards=false&only=engine"))
                .endsWith("},\"warnings\":[]}")
                .doesNotContain("\"shards\"");
    }

    @Test
    void unknownParametersAreIgnored() {
        ProbeClient client = started();

        assertThat(client.code("/ready?limit=many")).isEqualTo(200);
        assertThat(client.code("/health/quick?only=none")).isEqualTo(200);
        assertThat(client.get("/ready?a=b")).isEqualTo(client.get("/ready"));
    }

    @Test
    void aDrainingNodeIs404ForWhoeverAsksForThat() {
        ProbeClient client = started();
        assertThat(client.code("/ready?drain=404")).isEqualTo(200);

        client.driven.monitor.drain();
        assertThat(client.code("/ready?drain=404")).isEqualTo(404);
        assertThat(client.get("/health/quick?drain=404")).isEqualTo("404 UNAVAILABLE");

        recovery.close("broken besides");
        assertThat(client.code("/ready?drain=404")).isEqualTo(503);
    }

    @Test
    void aDegradedNodeIs429ForWhoeverAsksForThat() {
        disk.says(HealthResult.degraded("slow"));
        ProbeClient client = started();

        assertThat(client.code("/health")).isEqualTo(200);
        assertThat(client.code("/health?degraded=429")).isEqualTo(429);
        assertThat(client.code("/ready?degraded=429")).isEqualTo(429);
    }

    @Test
    void theDraftFormIsServedToWhoeverAcceptsIt() {
        disk.says(failure());
        ProbeClient client = started();
        FakeRequest request = FakeRequest.get("/ready").header("Accept", "application/health+json");

        assertThat(ProbeClient.header(client.ask(request), "Content-Type")).contains("application/health+json");
        assertThat(ProbeClient.told(client.ask(request))).isEqualTo("""
                503 {"status":"fail","serviceId":"node0","notes":[],"checks":{\
                "engine":[{"componentType":"component","status":"pass","observedValue":0.0,"observedUnit":"ms",\
                "time":"2026-11-21T12:00:00.000Z"}],\
                "disk":[{"componentType":"component","status":"fail","observedValue":0.0,"observedUnit":"ms",\
                "time":"2026-11-21T12:00:00.000Z","output":"read-only"}]}}""");
        assertThat(ProbeClient.told(client.ask(FakeRequest.get("/health").header("Accept", "application/health+json"))))
                .startsWith("200 {\"status\":\"warn\"");
    }

    @Test
    void theDraftFormIsNotForcedOnWhoeverRefusesIt() {
        FakeRequest request = FakeRequest.get("/ready").header("Accept", "application/health+json;q=0, */*");

        assertThat(ProbeClient.told(started().ask(request))).startsWith("200 {\"ok\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/health+json, application/json;q=0.5 | application/health+json",
                "application/health+json;q=0.5, application/json | application/json",
                "application/health+json;q=0.5, */* | application/json",
                "application/health+json, */*;q=0.8 | application/health+json",
                "application/health+json, */* | application/health+json",
                "application/*, application/health+json;q=0.1 | application/json",
                "*/* | application/json",
                "application/health+json;q=0 | application/json",
                "text/html | application/json"
            })
    void theFormThatIsPreferredIsServed(String accept, String expected) {
        ProbeClient client = started();
        for (String path : new String[] {"/ready", "/health?shards=false"}) {
            FakeRequest request = FakeRequest.get(path).header("Accept", accept);

            assertThat(ProbeClient.header(client.ask(request), "Content-Type"))
                    .as("%s: %s", path, accept)
                    .contains(expected);
        }
    }

    @Test
    void theFormIsPreferredInSeveralFieldsAsInOne() {
        FakeRequest request = FakeRequest.get("/ready")
                .header("Accept", "application/json;q=0.5")
                .header("Accept", "application/health+json");

        assertThat(ProbeClient.header(started().ask(request), "Content-Type")).contains("application/health+json");
    }

    @Test
    void aMonitorThatStallsMakesTheNodeNotReadyAndNotDead() {
        ProbeClient client = started();
        String live = client.get("/health");

        client.pass(Duration.ofSeconds(5));
        assertThat(client.code("/ready")).isEqualTo(200);
        client.pass(Duration.ofMillis(500));
        assertThat(client.get("/ready")).startsWith("""
                503 {"ok":false,"status":"not_ready","reasons":["monitor_stalled"],""");
        assertThat(client.get("/health")).isEqualTo(live);

        client.driven.settle();
        assertThat(client.code("/ready")).isEqualTo(200);
    }

    @Test
    void aPauseIsNoStall() {
        ProbeClient client = started();

        client.driven.time.move(Duration.ofHours(1));
        client.pass(Duration.ofMillis(500));

        assertThat(client.code("/ready")).isEqualTo(200);
    }

    @Test
    void headAndOptionsHaveTheCodeOfGet() {
        ProbeClient client = started();
        client.driven.monitor.drain();

        assertThat(ProbeClient.told(client.ask(FakeRequest.get("/ready").as(Method.HEAD))))
                .startsWith("503 ");
    }

    @Test
    void theSameAnswerIsHandedOutUntilThereIsAnother() {
        ProbeClient client = started();

        assertThat(client.ask(FakeRequest.get("/health/quick"))).isSameAs(client.ask(FakeRequest.get("/health/quick")));
        assertThat(client.ask(FakeRequest.get("/ready"))).isSameAs(client.ask(FakeRequest.get("/ready")));
    }

    private static HealthResult failure() {
        return HealthResult.unhealthy("read-only")
                .withDetail("path", "/data")
                .withDetail("free", 7)
                .withDetail("ratio", 0.5)
                .withDetail("nothing", null)
                .withDetail("list", List.of(1, "two"));
    }

    private ProbeClient started() {
        HealthMonitorBuilder builder = HealthMonitor.builder()
                .check("engine", CheckOptions.liveness(), HealthResult::healthy)
                .check("disk", CheckOptions.readiness().scope(CheckScope.EXTERNAL), disk)
                .gate(recovery);
        recovery.open();
        ProbeClient client = new ProbeClient(builder);
        client.driven.settle();
        return client;
    }
}
