package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadsRouteTest {

    private static final ThreadSnapshot TWO = new ThreadSnapshot(List.of(
            new ThreadSnapshot.Line(
                    12,
                    "stuck",
                    "blocked",
                    true,
                    true,
                    Optional.of("java.lang.Object@1b"),
                    OptionalLong.of(13),
                    List.of("a.B.c(B.java:7)", "a.B.d(B.java:9)")),
            new ThreadSnapshot.Line(
                    1, "main", "runnable", false, false, Optional.empty(), OptionalLong.empty(), List.of())));

    private final Route route = ThreadsRoute.of(() -> TWO);

    private Response ask(FakeRequest request) throws Exception {
        return route.handler().handle(request);
    }

    @Test
    void threadsAreToldAsJson() throws Exception {
        assertThat(route.access()).isEqualTo(Access.READ);
        Response answer = ask(FakeRequest.get("/admin/threads"));
        assertThat(ProbeClient.told(answer)).isEqualTo("""
                        200 {"deadlocked":[12],"threads":[\
                        {"id":12,"name":"stuck","state":"blocked","daemon":true,"deadlocked":true,\
                        "lock":"java.lang.Object@1b","lock_owner":13,"stack":["a.B.c(B.java:7)","a.B.d(B.java:9)"]},\
                        {"id":1,"name":"main","state":"runnable","daemon":false,"deadlocked":false,\
                        "lock":null,"lock_owner":null,"stack":[]}]}""");
        assertThat(ProbeClient.header(answer, "Vary")).hasValue("Accept");
    }

    @Test
    void threadsAreToldAsTextToWhoPrefersIt() throws Exception {
        assertThat(ProbeClient.told(ask(FakeRequest.get("/admin/threads").header("Accept", "text/plain"))))
                .isEqualTo("""
                        200 2 threads, 1 of them in a deadlock

                        "stuck" #12 daemon blocked on java.lang.Object@1b owned by #13 (deadlocked)
                            at a.B.c(B.java:7)
                            at a.B.d(B.java:9)

                        "main" #1 runnable
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html,*/*;q=0.8", "text/plain;q=0.5, application/json", "application/json"})
    void othersGetJson(String accept) throws Exception {
        assertThat(ProbeClient.header(ask(FakeRequest.get("/admin/threads").header("Accept", accept)), "Content-Type"))
                .hasValue("application/json");
    }

    @Test
    void aDeadlockComesFirst() {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        CountDownLatch bothHold = new CountDownLatch(2);
        Thread one = crossing("zz-one", first, second, bothHold);
        Thread two = crossing("zz-two", second, first, bothHold);
        try {
            await().until(() -> ThreadSnapshot.take().deadlocks().size() == 2);
            ThreadSnapshot snapshot = ThreadSnapshot.take();
            assertThat(snapshot.deadlocks()).containsExactly(one.getId(), two.getId());
            assertThat(snapshot.threads().get(0).name()).isEqualTo("zz-one");
            assertThat(snapshot.threads().get(0).lockOwner()).hasValue(two.getId());
            assertThat(snapshot.threads().get(0).stack()).anyMatch(call -> call.contains("ThreadsRouteTest"));
        } finally {
            one.interrupt();
            two.interrupt();
        }
    }

    private static Thread crossing(String name, ReentrantLock mine, ReentrantLock other, CountDownLatch bothHold) {
        Thread thread = new Thread(() -> cross(mine, other, bothHold), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void cross(ReentrantLock mine, ReentrantLock other, CountDownLatch bothHold) {
        mine.lock();
        try {
            bothHold.countDown();
            bothHold.await();
            other.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mine.unlock();
        }
    }
}
