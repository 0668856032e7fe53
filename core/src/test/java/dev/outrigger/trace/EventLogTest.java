package dev.outrigger.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    private static final int CAPACITY = 4_096;

    private final WrittenLog access = WrittenLog.of("outrigger.access", Level.DEBUG);
    private final WrittenLog audit = WrittenLog.of("outrigger.audit", Level.INFO);
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch hold = new CountDownLatch(1);
    private final EventLog log = new EventLog();

    @AfterEach
    void close() {
        hold.countDown();
        log.close();
        access.close();
        audit.close();
    }

    @Test
    void aRequestIsOneLineOfPairs() {
        log.access(new AccessEvent(
                false,
                Events.caller(1),
                "GET",
                "/tables/{name}",
                Events.SCAN,
                OptionalInt.of(200),
                Outcome.OK,
                1_234_567,
                4096));
        await().untilAsserted(() -> assertThat(access.lines())
                .containsExactly("INFO request request_id=r-1 trace_id=4bf92f3577b34da6a3ce929d0e0e4736"
                        + " span_id=00f067aa0ba902b7 client=192.0.2.1 principal=operator method=GET"
                        + " route=/tables/{name} table=orders operation=scan backend=lsm cache=hit rows=17 status=200"
                        + " outcome=ok duration_ms=1.234 bytes=4096"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        log.access(new AccessEvent(
                false,
                Events.stranger(1),
                "OTHER",
                "unmatched",
                Subject.UNKNOWN,
                OptionalInt.empty(),
                Outcome.CLIENT_LEFT,
                0,
                0));
        await().untilAsserted(() -> assertThat(access.lines())
                .containsExactly("ERROR request request_id=r-1 client=192.0.2.1 method=OTHER route=unmatched"
                        + " outcome=client_left duration_ms=0.0 bytes=0"));
    }

    @Test
    void theLevelTellsSuccessFromFailureButForProbes() {
        log.access(event(true, 503));
        log.access(event(true, 200));
        log.access(event(false, 204));
        log.access(event(false, 401));
        log.access(event(false, 500));
        await().untilAsserted(() -> assertThat(access.lines())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("DEBUG", "DEBUG", "INFO", "ERROR", "ERROR"));
    }

    private static AccessEvent event(boolean probe, int status) {
        return new AccessEvent(
                probe,
                Events.stranger(1),
                "GET",
                "/a",
                Subject.UNKNOWN,
                OptionalInt.of(status),
                Outcome.of(status),
                0,
                0);
    }

    @Test
    void whatAHandlerSaysStaysOnItsLine() {
        log.access(new AccessEvent(
                false,
                Events.stranger(1),
                "GET",
                "/a",
                new Subject(
                        Optional.of("t\nERROR request"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty()),
                OptionalInt.of(200),
                Outcome.OK,
                0,
                0));
        await().untilAsserted(() ->
                assertThat(access.lines()).singleElement().asString().contains(" table=t_ERROR request "));
    }

    @Test
    void aWriteLeavesALineBeforeAndOneAfter() {
        log.audit(Events.audit(AuditEvent.Phase.BEFORE, 1, OptionalInt.empty()));
        log.audit(Events.audit(AuditEvent.Phase.AFTER, 1, OptionalInt.of(204)));
        log.audit(Events.audit(AuditEvent.Phase.AFTER, 2, OptionalInt.empty()));
        log.audit(Events.audit(AuditEvent.Phase.REFUSED, 3, OptionalInt.of(403)));
        await().untilAsserted(() -> assertThat(audit.lines())
                .containsExactly(
                        line("before", 1, ""),
                        line("after", 1, " status=204 outcome=ok"),
                        line("after", 2, " outcome=client_left"),
                        line("refused", 3, " status=403 outcome=client_error")));
    }

    private static String line(String phase, int number, String rest) {
        return "INFO write phase=" + phase + " time=2026-11-21T03:00:00.120Z request_id=r-" + number
                + " trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 client=192.0.2.1"
                + " principal=operator method=PUT route=/secrets/{key} path=/secrets/s3.key" + rest;
    }

    @Test
    void aFullLogDropsAccessEventsAndCountsThem() {
        fill();
        log.access(Events.access(CAPACITY + 1));
        log.access(Events.access(CAPACITY + 2));
        assertThat(log.dropped()).isEqualTo(2);
        hold.countDown();
        await().untilAsserted(() -> assertThat(access.lines()).hasSize(CAPACITY + 1));
    }

    @Test
    void aFullLogHasWritesWaitAndLetsThemInFirst() {
        fill();
        CompletionStage<Void> first = log.audit(Events.audit(AuditEvent.Phase.BEFORE, 1, OptionalInt.empty()));
        CompletionStage<Void> second = log.audit(Events.audit(AuditEvent.Phase.BEFORE, 2, OptionalInt.empty()));
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(second.toCompletableFuture()).isNotDone();
        hold.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        assertThat(second).succeedsWithin(Duration.ofSeconds(10));
        await().untilAsserted(
                        () -> assertThat(audit.lines()).containsExactly(line("before", 1, ""), line("before", 2, "")));
        assertThat(log.dropped()).isZero();
    }

    @Test
    void aLogThatThrowsLosesOneEventOnly() {
        access.beforeEach(() -> {
            access.beforeEach(() -> {});
            throw new IllegalStateException("the disk is full");
        });
        log.access(Events.access(1));
        log.access(Events.access(2));
        await().untilAsserted(() ->
                assertThat(access.lines()).singleElement().asString().contains("request_id=r-2"));
    }

    @Test
    void closingWritesWhatWasTaken() {
        fill();
        hold.countDown();
        log.close();
        assertThat(access.lines()).hasSize(CAPACITY + 1);
    }

    @Test
    void aWriteThatEndsAfterTheSidecarIsStillAudited() {
        log.close();
        assertThat(log.audit(Events.audit(AuditEvent.Phase.AFTER, 1, OptionalInt.of(200))))
                .isCompleted();
        assertThat(audit.lines()).hasSize(1);
    }

    /** Fills the ring while the writer is held up with one more event. */
    private void fill() {
        access.beforeEach(() -> {
            writing.countDown();
            awaitRelease();
        });
        log.access(Events.access(0));
        await().until(() -> writing.getCount() == 0);
        for (int i = 1; i <= CAPACITY; i++) {
            log.access(Events.access(i));
        }
        assertThat(log.dropped()).isZero();
    }

    private void awaitRelease() {
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
