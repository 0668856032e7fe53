package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.Access;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LifecycleTest {

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1").listen("127.0.0.1", 0).drainDelay(Duration.ZERO);
    }

    @Test
    void aNodeIsLiveBeforeItIsReadyAndReadyOnceItsGatesAreOpen() {
        ReadinessGate recovery = ReadinessGate.closed("recovery", "replaying the log");
        try (OpsSidecar sidecar = builder().gate(recovery).start()) {
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/startup")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/health/quick")).isEqualTo(503);
            recovery.open();
            assertThat(Probing.code(sidecar, "/startup")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/health/quick")).isEqualTo(200);
            recovery.close("restoring");
            assertThat(Probing.code(sidecar, "/startup")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
        }
    }

    @Test
    void whoeverAsksForOptionsDoesNotWaitForAnotherVerdict() {
        try (OpsSidecar sidecar = builder().start()) {
            String tag = Probing.get(sidecar, "/startup")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            HttpResponse<String> answer =
                    Probing.send(sidecar, "OPTIONS", "/startup", "If-None-Match", tag, "Prefer", "wait=60");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
        }
    }

    @Test
    void aDrainTakesTheNodeOutOfTrafficAndLeavesItAlive() {
        ReadinessGate gate = ReadinessGate.opened("recovery");
        try (OpsSidecar sidecar = builder().gate(gate).start()) {
            sidecar.drain();
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/health/quick")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
            assertThat(Probing.get(sidecar, "/ping").headers().firstValue("connection"))
                    .hasValue("close");
            gate.close("again");
            gate.open();
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
        }
    }

    @Test
    void thePortIsOpenThroughoutTheDrainAndTheHostsShutdownAndClosesLast() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch shuttingDown = new CountDownLatch(1);
        OpsSidecar sidecar = builder()
                .whenDrained(() -> order.add("first added"))
                .whenDrained(() -> {
                    order.add("last added");
                    shuttingDown.countDown();
                    goOn.await();
                })
                .start();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(sidecar::close);
        assertThat(shuttingDown.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
        assertThat(Probing.code(sidecar, "/ping")).isEqualTo(200);
        goOn.countDown();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(order).containsExactly("last added", "first added");
        assertThatThrownBy(() -> Probing.code(sidecar, "/ping")).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void shutdownWorkThatFailsKeepsNothingElseFromClosing() {
        List<String> done = new CopyOnWriteArrayList<>();
        OpsSidecar sidecar = builder()
                .whenDrained(() -> done.add("the other"))
                .whenDrained(() -> {
                    throw new IllegalStateException("cannot");
                })
                .start();
        sidecar.close();
        assertThat(done).containsExactly("the other");
    }

    @Test
    void anErrorInShutdownWorkKeepsNothingElseFromClosing() {
        List<String> done = new CopyOnWriteArrayList<>();
        OpsSidecar sidecar = builder()
                .whenDrained(() -> done.add("the other"))
                .whenDrained(() -> {
                    throw new NoClassDefFoundError("gone with its class loader");
                })
                .start();
        sidecar.close();
        assertThat(done).containsExactly("the other");
        assertThatThrownBy(() -> Probing.code(sidecar, "/ping")).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void anInterruptCutsTheDelayShortAndNothingElse() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> interruptedInWork = new CompletableFuture<>();
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        OpsSidecar sidecar = builder()
                .whenDrained(
                        () -> interruptedInWork.complete(Thread.currentThread().isInterrupted()))
                .route(Route.get("/slow").access(Access.PROBE).handledBy(request -> {
                    working.countDown();
                    goOn.await();
                    return Response.text(200, "done");
                }))
                .start();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                () -> Probing.get(sidecar, "/slow").body());
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(() -> {
            sidecar.close(Duration.ofHours(1));
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        closer.interrupt();
        assertThat(interruptedInWork.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(Probing.code(sidecar, "/ping")).isEqualTo(200);
        goOn.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(interruptedAfterwards.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRequestInFlightIsAnsweredWholeBeforeThePortCloses() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OpsSidecar sidecar = builder()
                .route(Route.get("/slow").access(Access.PROBE).handledBy(request -> {
                    working.countDown();
                    goOn.await();
                    return Response.text(200, "done");
                }))
                .start();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                () -> Probing.get(sidecar, "/slow").body());
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(sidecar::close);
        await().until(() -> Probing.code(sidecar, "/ready") == 503);
        goOn.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        List<String> done = new CopyOnWriteArrayList<>();
        OpsSidecar sidecar = builder().whenDrained(() -> done.add("once")).start();
        sidecar.close();
        sidecar.close();
        assertThat(done).containsExactly("once");
    }

    @Test
    void anEventLoopOfTheHostsIsUsedAndLeftRunning() {
        EventLoopGroup hosts = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try {
            try (OpsSidecar sidecar = builder().eventLoops(hosts).start()) {
                assertThat(Probing.code(sidecar, "/ping")).isEqualTo(200);
            }
            assertThat(hosts.isShuttingDown()).isFalse();
        } finally {
            hosts.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void withoutACheckTheSidecarCostsTwoThreads() {
        try (OpsSidecar sidecar = builder().start()) {
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(200);
            List<String> threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(Thread::isDaemon)
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("outrigger-"))
                    .sorted()
                    .toList();
            assertThat(threads).containsExactly("outrigger-loop", "outrigger-monitor");
        }
    }
}
