package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.SwitchableCheck;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongPollTest {

    private final SwitchableCheck disk = new SwitchableCheck();
    private final ProbeClient client =
            new ProbeClient(HealthMonitor.builder().check("disk", CheckOptions.readiness(), disk));

    @Test
    void theTagNamesTheVerdictAndNotTheBytes() {
        client.driven.settle();
        String tag = tag("/ready");
        assertThat(tag).matches("W/\"ready-\\d+\"");

        client.driven.live(Duration.ofSeconds(3));
        assertThat(tag("/ready")).isEqualTo(tag);

        disk.says(HealthResult.unhealthy("full"));
        client.driven.live(Duration.ofSeconds(3));
        assertThat(tag("/ready")).isNotEqualTo(tag);
    }

    @Test
    void eachProbeHasATagOfItsOwn() {
        client.driven.settle();

        assertThat(tag("/health")).startsWith("W/\"health-");
        assertThat(tag("/health/quick")).startsWith("W/\"quick-");
        assertThat(tag("/startup")).startsWith("W/\"startup-");
    }

    @Test
    void aTagAloneChangesNothing() {
        client.driven.settle();

        Response answer = client.ask(FakeRequest.get("/ready").header("If-None-Match", tag("/ready")));

        assertThat(answer).isInstanceOf(CompleteResponse.class);
    }

    @Test
    void aWaitWithoutTheRightTagIsAnsweredAtOnce() {
        client.driven.settle();

        assertThat(client.ask(FakeRequest.get("/ready").header("Prefer", "wait=10")))
                .isInstanceOf(CompleteResponse.class);
        assertThat(client.ask(waiting("/ready", "W/\"ready-1\"", 10))).isInstanceOf(CompleteResponse.class);
    }

    @Test
    void theAnswerWaitsForAChangeOfVerdict() {
        client.driven.settle();
        Response held = client.ask(waiting("/ready", tag("/ready"), 30));

        client.driven.live(Duration.ofSeconds(4));
        assertThat(ProbeClient.told(held)).isEqualTo("not yet");

        disk.says(HealthResult.unhealthy("full"));
        client.driven.live(Duration.ofSeconds(2));
        assertThat(ProbeClient.told(held)).startsWith("503 {\"ok\":false");
    }

    @Test
    void drainingEndsTheWaitAtOnce() {
        client.driven.settle();
        Response held = client.ask(waiting("/health/quick", tag("/health/quick"), 30));

        client.driven.monitor.drain();

        assertThat(ProbeClient.told(held)).isEqualTo("503 UNAVAILABLE");
    }

    @Test
    void drainingEndsTheWaitForAVerdictThatItDoesNotChangeToo() {
        client.driven.settle();
        Response startup = client.ask(waiting("/startup", tag("/startup"), 30));
        Response health = client.ask(waiting("/health?shards=false", tag("/health"), 30));

        client.driven.monitor.drain();

        assertThat(ProbeClient.told(startup)).startsWith("200 {\"ok\":true");
        assertThat(ProbeClient.told(health)).startsWith("200 {\"ok\":true");
    }

    @Test
    void whoeverKnowsOfTheDrainWaitsOn() {
        client.driven.settle();
        client.driven.monitor.drain();
        Response held = client.ask(waiting("/ready", tag("/ready"), 30));

        client.driven.live(Duration.ofSeconds(3));

        assertThat(ProbeClient.told(held)).isEqualTo("not yet");
    }

    @Test
    void afterTheWaitItIs304WithTheTag() {
        client.driven.settle();
        String tag = tag("/ready");
        Response held = client.ask(waiting("/ready", tag, 3));

        client.pass(Duration.ofSeconds(3));

        assertThat(ProbeClient.told(held)).isEqualTo("304 ");
        Response answer = ((LaterResponse) held).stage().toCompletableFuture().join();
        assertThat(ProbeClient.header(answer, "ETag")).contains(tag);
    }

    @Test
    void aReaderWhoLeavesIsForgotten() {
        client.driven.settle();
        LaterResponse held = (LaterResponse) client.ask(waiting("/ready", tag("/ready"), 30));

        held.abandoned().run();
        client.driven.monitor.drain();

        assertThat(ProbeClient.told(held)).isEqualTo("not yet");
    }

    @Test
    void whoeverAsksForOptionsIsAnsweredAtOnce() {
        client.driven.settle();

        Response answer = client.ask(waiting("/ready", tag("/ready"), 30).as(Method.OPTIONS));

        assertThat(answer).isInstanceOf(CompleteResponse.class);
    }

    @Test
    void noTimerOutlivesItsReader() {
        client.driven.settle();
        LaterResponse left = (LaterResponse) client.ask(waiting("/ready", tag("/ready"), 60));
        client.ask(waiting("/ready", tag("/ready"), 60));
        client.ask(waiting("/startup", tag("/startup"), 60));
        assertThat(client.loop.timers()).isEqualTo(3);

        left.abandoned().run();
        assertThat(client.loop.timers()).isEqualTo(2);

        client.driven.monitor.drain();
        assertThat(client.loop.timers()).isZero();
    }

    @Test
    void nobodyIsHeldLongerThanAMinute() {
        client.driven.settle();
        Response held = client.ask(waiting("/ready", tag("/ready"), 3_600));

        for (int second = 0; second < 60; second++) {
            client.driven.settle();
            client.pass(Duration.ofSeconds(1));
        }

        assertThat(ProbeClient.told(held)).isEqualTo("304 ");
    }

    private String tag(String path) {
        return ProbeClient.header(client.ask(FakeRequest.get(path)), "ETag").orElseThrow();
    }

    private static FakeRequest waiting(String path, String tag, int seconds) {
        return FakeRequest.get(path)
                .header("If-None-Match", "\"other\", " + tag)
                .header("Prefer", "respond-async, wait=" + seconds);
    }
}
