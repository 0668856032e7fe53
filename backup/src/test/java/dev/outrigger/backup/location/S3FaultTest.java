package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.location.FaultyProxy.Fault;
import dev.outrigger.backup.location.FaultyProxy.Step;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A write either succeeds, and its object is whole, or fails, and nothing is left of it, whatever happens on the way. */
class S3FaultTest {

    private static final ObjectName NAME = new ObjectName("shard-0-users-b1.tar.zst");
    private static final byte[] SMALL = "one manifest".getBytes(UTF_8);
    private static final byte[] LARGE = ObjectStoreContract.content(9 * 1024 * 1024);
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final AtomicReference<S3ProxyServer> SERVER = new AtomicReference<>();

    private final S3Location location = new S3Location(S3ProxyServer.BUCKET, "faults/" + PLACES.incrementAndGet());

    private FaultyProxy proxy;
    private S3Connection straight;
    private S3Connection faulty;
    private ObjectStore direct;
    private ObjectStore store;

    @BeforeAll
    static void startServer() throws Exception {
        SERVER.set(S3ProxyServer.start());
    }

    @AfterAll
    static void stopServer() throws Exception {
        SERVER.get().close();
    }

    @BeforeEach
    void start() throws Exception {
        proxy = FaultyProxy.before(SERVER.get().port());
        straight = S3Connection.open(
                S3ProxyServer.settings(SERVER.get().endpoint()).build());
        direct = new S3Store(straight, location);
        attempts(5);
    }

    /** Opens the store behind the proxy. Enough attempts that a slow machine, which times out too, does not use them up. */
    private void attempts(int attempts) {
        faulty = S3Connection.open(S3ProxyServer.settings(proxy.endpoint())
                .requestTimeout(Duration.ofSeconds(1))
                .attempts(attempts)
                .build());
        store = new S3Store(faulty, location);
    }

    @AfterEach
    void stop() {
        faulty.close();
        straight.close();
        proxy.close();
    }

    static Stream<Arguments> faultsOfSmallWrites() {
        return Stream.of(Fault.values())
                .filter(fault -> fault.ordinal() <= Fault.DUPLICATED.ordinal() && fault != Fault.REPLY_SHORTENED)
                .map(Arguments::of);
    }

    /** Without those that only take long. */
    static Stream<Arguments> lastingFaultsOfLargeWrites() {
        return faultsOfLargeWrites()
                .filter(each -> each.get()[0] == Step.COMPLETE
                        || !List.of(Fault.STALLED, Fault.REPLY_STALLED).contains(each.get()[1]));
    }

    static Stream<Arguments> faultsOfLargeWrites() {
        return Stream.of(Step.CREATE, Step.PART, Step.HEAD, Step.COMPLETE)
                .flatMap(step -> faultsOfSmallWrites().map(fault -> Arguments.of(step, fault.get()[0])))
                .filter(each -> !(each.get()[0] == Step.HEAD && each.get()[1] == Fault.REPLY_CUT));
    }

    @ParameterizedTest
    @MethodSource("faultsOfSmallWrites")
    void aSmallWriteOutlivesOneFault(Fault fault) throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT && nth == 1 ? fault : Fault.NONE);
        StoredObject written = store.putIfAbsent(NAME, SMALL);
        assertThat(direct.stat(NAME)).contains(written);
        assertThat(contentOf(NAME)).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @MethodSource("faultsOfSmallWrites")
    void aSmallWriteIsWholeOrNotThereUnderALastingFault(Fault fault) throws Exception {
        faulty.close();
        attempts(2);
        proxy.plan((step, nth) -> step == Step.PUT ? fault : Fault.NONE);
        wholeOrNotThere(SMALL, () -> store.putIfAbsent(NAME, SMALL));
    }

    @ParameterizedTest
    @MethodSource("faultsOfLargeWrites")
    void aLargeWriteOutlivesOneFault(Step at, Fault fault) throws Exception {
        proxy.plan((step, nth) -> step == at && nth == 1 ? fault : Fault.NONE);
        StoredObject written = write(store, LARGE);
        assertThat(direct.stat(NAME)).contains(written);
        assertThat(contentOf(NAME)).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @MethodSource("lastingFaultsOfLargeWrites")
    void aLargeWriteIsWholeOrNotThereUnderALastingFault(Step at, Fault fault) throws Exception {
        faulty.close();
        attempts(2);
        proxy.plan((step, nth) -> step == at ? fault : Fault.NONE);
        wholeOrNotThere(LARGE, () -> write(store, LARGE));
    }

    @Test
    void anUploadThatWasBegunTwiceLeavesNoTwin() throws Exception {
        proxy.plan((step, nth) -> step == Step.CREATE && nth == 1 ? Fault.REPLY_RESET : Fault.NONE);
        write(store, LARGE);
        assertThat(proxy.seen(Step.CREATE)).isGreaterThanOrEqualTo(2);
        assertThat(direct.removeUnfinished("", true)).isZero();
    }

    @Test
    void ourOwnFirstAttemptIsNotTakenForSomebodyElses() throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT && nth == 1 ? Fault.REPLY_UNAVAILABLE : Fault.NONE);
        store.putIfAbsent(NAME, SMALL);
        assertThat(proxy.seen(Step.PUT)).isGreaterThanOrEqualTo(2);
        assertThat(proxy.seen(Step.HEAD)).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "REPLY_RESET", "REPLY_UNAVAILABLE", "DUPLICATED"})
    void equalContentOfSomebodyElseIsNotTakenForOurs(Fault fault) throws Exception {
        direct.putIfAbsent(NAME, SMALL);
        proxy.plan((step, nth) -> step == Step.PUT ? fault : Fault.NONE);
        assertThatThrownBy(() -> store.putIfAbsent(NAME, SMALL)).isInstanceOf(ObjectExistsException.class);
    }

    @Test
    void aConflictIsTriedAgain() throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT && nth <= 2 ? Fault.CONFLICT : Fault.NONE);
        store.putIfAbsent(NAME, SMALL);
        assertThat(proxy.seen(Step.PUT)).isGreaterThanOrEqualTo(3);

        ObjectName large = new ObjectName("large");
        proxy.plan((step, nth) -> step == Step.COMPLETE && nth == 1 ? Fault.CONFLICT : Fault.NONE);
        try (ObjectSink sink = store.create(large)) {
            sink.write(LARGE);
            sink.commit();
        }
        assertThat(proxy.seen(Step.COMPLETE)).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REPLY_RESET", "REPLY_UNAVAILABLE", "DUPLICATED"})
    void ofManyWhoTakeANameOneWinsThoughNoReplyTells(Fault fault) throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT ? fault : Fault.NONE);
        int threads = 6;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<StoredObject>> outcomes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                byte[] content = ("writer " + i).getBytes(UTF_8);
                outcomes.add(executor.submit(() -> {
                    start.await();
                    return store.putIfAbsent(NAME, content);
                }));
            }
            List<String> winners = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                if (succeeded(outcomes.get(i))) {
                    winners.add("writer " + i);
                }
            }
            assertThat(winners).containsExactly(new String(contentOf(NAME), UTF_8));
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void anAbortThatDoesNothingIsNoticedAndDoneAgain() throws Exception {
        proxy.plan((step, nth) -> step == Step.ABORT && nth == 1 ? Fault.IGNORED : Fault.NONE);
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(LARGE);
        }
        assertThat(proxy.seen(Step.ABORT)).isGreaterThanOrEqualTo(2);
        assertThat(direct.removeUnfinished("", true)).isZero();
    }

    @Test
    void anUploadThatStaysIsToldOf() throws Exception {
        proxy.plan((step, nth) -> step == Step.ABORT ? Fault.IGNORED : Fault.NONE);
        ObjectSink sink = store.create(NAME);
        sink.write(LARGE);
        assertThatThrownBy(sink::close).isInstanceOf(IOException.class).hasMessageContaining("still there");
        assertThat(direct.removeUnfinished("shard-0", false)).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadAbortsItsUploadAndStaysInterrupted() throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(LARGE);
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(direct.removeUnfinished("", true)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REPLY_CUT", "REPLY_SHORTENED"})
    void aReplyThatIsTooShortFailsTheReader(Fault fault) throws Exception {
        direct.putIfAbsent(NAME, LARGE);
        proxy.plan((step, nth) -> step == Step.GET ? fault : Fault.NONE);
        assertThatThrownBy(() -> {
                    try (InputStream in = store.read(NAME).orElseThrow()) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStallingServerFailsItsClientInTime() throws Exception {
        proxy.plan((step, nth) -> Fault.STALLED);
        assertThatThrownBy(() -> store.list("", "", 1))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("location: " + location + ": ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void aStoreWithoutConditionsIsRefusedUnlessTheHostAcceptsIt() throws Exception {
        proxy.plan((step, nth) -> Fault.NOT_IMPLEMENTED);
        assertThatThrownBy(() -> store.putIfAbsent(NAME, SMALL))
                .isInstanceOf(UnconditionalStoreException.class)
                .hasMessage("location: " + location + " (expected: a store that honours If-None-Match)");
        assertThat(store.probe("node-1")).isEqualTo(new StoreTraits(false, true));
        try (S3Connection accepted = S3Connection.open(S3ProxyServer.settings(proxy.endpoint())
                .allowUnconditionalStore()
                .build())) {
            ObjectStore anyway = new S3Store(accepted, location);
            anyway.putIfAbsent(NAME, SMALL);
            assertThatThrownBy(() -> anyway.putIfAbsent(NAME, SMALL)).isInstanceOf(ObjectExistsException.class);
            assertThat(anyway.probe("node-1").conditionalPut()).isFalse();
        }
    }

    @Test
    void whereOnlyACompletionKnowsNoConditionTheNameIsLookedAtFirst() throws Exception {
        proxy.plan((step, nth) -> step == Step.COMPLETE ? Fault.NOT_IMPLEMENTED : Fault.NONE);
        write(store, LARGE);
        assertThatThrownBy(() -> write(store, LARGE)).isInstanceOf(ObjectExistsException.class);
        assertThat(direct.removeUnfinished("", true)).isZero();
    }

    private static StoredObject write(ObjectStore store, byte[] content) throws IOException {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(content);
            return sink.commit();
        }
    }

    @FunctionalInterface
    private interface Writing {

        StoredObject write() throws IOException;
    }

    private void wholeOrNotThere(byte[] content, Writing writing) throws IOException {
        Optional<StoredObject> written = written(writing);
        assertThat(direct.stat(NAME)).isEqualTo(written);
        if (written.isPresent()) {
            assertThat(contentOf(NAME)).isEqualTo(content);
        }
        direct.removeUnfinished("shard-0-users-b1", false);
        assertThat(direct.removeUnfinished("", true)).isZero();
        assertThat(direct.list("", "", 10)).hasSize(written.isPresent() ? 1 : 0);
    }

    private static Optional<StoredObject> written(Writing writing) {
        try {
            return Optional.of(writing.write());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private byte[] contentOf(ObjectName name) throws IOException {
        try (InputStream in = direct.read(name).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private static boolean succeeded(Future<StoredObject> outcome) throws InterruptedException {
        try {
            outcome.get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(ObjectExistsException.class);
            return false;
        }
    }
}
