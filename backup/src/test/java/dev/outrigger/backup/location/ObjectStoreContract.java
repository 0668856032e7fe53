package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
abstract class ObjectStoreContract {

    private static final ObjectName NAME = new ObjectName("shard-0-users-b1.tar.zst");
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] OTHER = "somebody else's".getBytes(UTF_8);

    private ObjectStore store;

    /** Opens the place of this test, which is empty the first time. Each call returns a store of its own. */
    abstract ObjectStore open() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_537, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, 20_000_001})
    void aCommittedObjectHasWhatWasWritten(int bytes) throws Exception {
        byte[] content = content(bytes);
        StoredObject committed = write(NAME, content);
        assertThat(committed.bytes()).isEqualTo(bytes);
        assertThat(contentOf(NAME)).isEqualTo(content);
        assertThat(store.stat(NAME)).contains(committed);
        assertThat(store.list("", "", 10)).containsExactly(committed);
    }

    @Test
    void singleBytesAndSlicesAreWrittenInOrder() throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write('a');
            sink.write("xbcx".getBytes(UTF_8), 1, 2);
            sink.write('d');
            sink.commit();
        }
        assertThat(contentOf(NAME)).asString().isEqualTo("abcd");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 17 * 1024 * 1024})
    void nothingIsThereBeforeTheCommit(int bytes) throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(content(bytes));
            assertThat(store.stat(NAME)).isEmpty();
            assertThat(store.read(NAME)).isEmpty();
            assertThat(store.list("", "", 10)).isEmpty();
            sink.commit();
        }
        assertThat(store.stat(NAME)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 17 * 1024 * 1024})
    void aSinkThatIsClosedWithoutCommitLeavesNothing(int bytes) throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(content(bytes));
        }
        assertNothingIsLeft();
    }

    @Test
    void aSinkTakesNothingAfterItsCommit() throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(HELLO);
            sink.commit();
            assertThatThrownBy(() -> sink.write(HELLO)).isInstanceOf(IOException.class);
            assertThatThrownBy(sink::commit).isInstanceOf(IOException.class);
        }
        assertThat(contentOf(NAME)).isEqualTo(HELLO);
    }

    @Test
    void aSinkForATakenNameIsRefused() throws Exception {
        write(NAME, OTHER);
        assertThatThrownBy(() -> write(NAME, HELLO)).isInstanceOf(ObjectExistsException.class);
        assertThat(contentOf(NAME)).isEqualTo(OTHER);
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 17 * 1024 * 1024})
    void aCommitDoesNotTouchWhatCameMeanwhile(int bytes) throws Exception {
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(content(bytes));
            store.putIfAbsent(NAME, OTHER);
            assertThatThrownBy(sink::commit).isInstanceOf(ObjectExistsException.class);
        }
        assertThat(contentOf(NAME)).isEqualTo(OTHER);
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @Test
    void aFreeNameIsTakenOnce() throws Exception {
        StoredObject first = store.putIfAbsent(NAME, HELLO);
        assertThatThrownBy(() -> store.putIfAbsent(NAME, OTHER)).isInstanceOf(ObjectExistsException.class);
        assertThat(contentOf(NAME)).isEqualTo(HELLO);
        assertThat(store.stat(NAME)).contains(first);
    }

    @Test
    void theSameContentTakesANameOnceToo() throws Exception {
        store.putIfAbsent(NAME, HELLO);
        assertThatThrownBy(() -> store.putIfAbsent(NAME, HELLO)).isInstanceOf(ObjectExistsException.class);
    }

    @Test
    void aReplacedObjectHasTheNewContentAndAnotherVersion() throws Exception {
        StoredObject first = store.putIfAbsent(NAME, HELLO);
        StoredObject second = store.replace(NAME, "world".getBytes(UTF_8));
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(store.stat(NAME)).contains(second);
        assertThat(contentOf(NAME)).asString().isEqualTo("world");
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @Test
    void replacingWhatIsNotThereWritesIt() throws Exception {
        store.replace(NAME, HELLO);
        assertThat(contentOf(NAME)).isEqualTo(HELLO);
    }

    @Test
    void smallObjectsMayBeTensOfMegabytes() throws Exception {
        byte[] content = content(33 * 1024 * 1024);
        assertThat(store.putIfAbsent(NAME, content).bytes()).isEqualTo(content.length);
        assertThat(contentOf(NAME)).isEqualTo(content);
    }

    @Test
    void moreThanAStepTakesIsRefused() {
        byte[] content = new byte[SmallContent.MAX_BYTES + 1];
        assertThatIllegalArgumentException().isThrownBy(() -> store.putIfAbsent(NAME, content));
        assertThatIllegalArgumentException().isThrownBy(() -> store.replace(NAME, content));
    }

    @Test
    void whatIsNotThereIsAbsent() throws Exception {
        assertThat(store.stat(NAME)).isEmpty();
        assertThat(store.read(NAME)).isEmpty();
        assertThat(store.list("", "", 10)).isEmpty();
        assertThat(store.removeUnfinished("", false)).isZero();
        store.delete(NAME);
    }

    @Test
    void aDeletedObjectIsGone() throws Exception {
        store.putIfAbsent(NAME, HELLO);
        store.delete(NAME);
        assertNothingIsLeft();
        store.putIfAbsent(NAME, OTHER);
        assertThat(contentOf(NAME)).isEqualTo(OTHER);
    }

    @Test
    void namesMayHaveAnyVisibleCharacterAndTheirFullLength() throws Exception {
        List<ObjectName> names = new ArrayList<>();
        names.add(new ObjectName("x".repeat(230)));
        names.add(new ObjectName("a+b c".replace(' ', '~') + "%2e%2E&=?#:;,@$!'()*\"<>[]{}|^`"));
        names.add(
                new ObjectName("Ünï".codePoints().mapToObj("%%%02X"::formatted).reduce("t", String::concat)));
        for (ObjectName name : names) {
            store.putIfAbsent(name, name.value().getBytes(UTF_8));
        }
        for (ObjectName name : names) {
            assertThat(contentOf(name)).asString().isEqualTo(name.value());
        }
        assertThat(store.list("", "", 10)).extracting(StoredObject::name).containsExactlyElementsOf(sorted(names));
        for (ObjectName name : names) {
            store.delete(name);
        }
        assertNothingIsLeft();
    }

    @Test
    void aListingIsByNameAndBoundedByPrefixAndPlaceAndLimit() throws Exception {
        for (String name : List.of("b-2", "a-3", "a-1", "B", "a-10", "a-2", "a", "a.1")) {
            store.putIfAbsent(new ObjectName(name), HELLO);
        }
        assertThat(names(store.list("", "", 1_000)))
                .containsExactly("B", "a", "a-1", "a-10", "a-2", "a-3", "a.1", "b-2");
        assertThat(names(store.list("a-", "", 1_000))).containsExactly("a-1", "a-10", "a-2", "a-3");
        assertThat(names(store.list("a-", "a-10", 1_000))).containsExactly("a-2", "a-3");
        assertThat(names(store.list("a-", "a-15", 1))).containsExactly("a-2");
        assertThat(names(store.list("a-", "", 2))).containsExactly("a-1", "a-10");
        assertThat(names(store.list("a-", "b", 2))).isEmpty();
        assertThat(names(store.list("c", "", 2))).isEmpty();
    }

    @Test
    void aLongListingComesInPages() throws Exception {
        Set<String> written = new HashSet<>();
        for (int i = 0; i < 1_203; i++) {
            ObjectName name = new ObjectName("shard-" + i + "-t-b1.tar.zst");
            store.replace(name, HELLO);
            written.add(name.value());
        }
        List<String> listed = new ArrayList<>();
        List<StoredObject> page = store.list("shard-", "", 1_000);
        assertThat(page).hasSize(1_000);
        while (!page.isEmpty()) {
            listed.addAll(names(page));
            page = store.list("shard-", listed.get(listed.size() - 1), 1_000);
        }
        assertThat(listed).isSorted().hasSize(written.size()).containsExactlyInAnyOrderElementsOf(written);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void aListingHasALimit(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("", "", limit));
    }

    @Test
    void unfinishedWritesAreFoundByThePrefixOfTheirName() throws Exception {
        byte[] large = content(9 * 1024 * 1024);
        ObjectSink lost = store.create(NAME);
        lost.write(large);
        ObjectSink another = store.create(new ObjectName("users-b1-metadata.json"));
        another.write(large);
        assertThat(store.removeUnfinished("shard-0-users-b2", true)).isZero();
        assertThat(store.removeUnfinished("shard-0-users", true)).isEqualTo(1);
        assertThat(store.removeUnfinished("shard-0-users", false)).isEqualTo(1);
        assertThat(store.removeUnfinished("shard-0-users", true)).isZero();
        assertThat(store.removeUnfinished("", true)).isEqualTo(1);
        assertThat(store.removeUnfinished("", false)).isEqualTo(1);
        assertNothingIsLeft();
        another.close();
        lost.close();
        assertNothingIsLeft();
    }

    @Test
    void ofManyWhoTakeANameOneWins() throws Exception {
        race((one, content) -> one.putIfAbsent(NAME, content));
    }

    @Test
    void ofManySinksForANameOneCommits() throws Exception {
        race((one, content) -> {
            try (ObjectSink sink = one.create(NAME)) {
                sink.write(content);
                return sink.commit();
            }
        });
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @Test
    void readersSeeTheOldContentOrTheNew() throws Exception {
        byte[] old = "o".repeat(200_000).getBytes(UTF_8);
        byte[] fresh = "fresh".repeat(100_000).getBytes(UTF_8);
        store.replace(NAME, old);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 40; i++) {
                    store.replace(NAME, i % 2 == 0 ? fresh : old);
                }
                return null;
            });
            do {
                assertThat(contentWhileReplaced(NAME)).isIn(old, fresh);
            } while (!writing.isDone());
            writing.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void aPartlyReadStreamIsClosedAtOnce() throws Exception {
        store.replace(NAME, content(30_000_000));
        try (InputStream in = store.read(NAME).orElseThrow()) {
            assertThat(in.readNBytes(10)).hasSize(10);
        }
        assertThat(store.stat(NAME)).isPresent();
    }

    @Test
    void anInterruptedThreadWritesNothing() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.putIfAbsent(NAME, HELLO)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        store.removeUnfinished("", false);
        assertNothingIsLeft();
    }

    @Test
    void theProbeSeesWhatIsHonouredAndLeavesNothing() throws Exception {
        assertThat(store.probe("node-1").conditionalPut()).isTrue();
        assertNothingIsLeft();
    }

    final ObjectStore store() {
        return store;
    }

    final StoredObject write(ObjectName name, byte[] content) throws IOException {
        try (ObjectSink sink = store.create(name)) {
            sink.write(content);
            return sink.commit();
        }
    }

    final byte[] contentOf(ObjectName name) throws IOException {
        try (InputStream in = store.read(name).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    /** Reads what may be replaced at the same time. */
    byte[] contentWhileReplaced(ObjectName name) throws IOException {
        return contentOf(name);
    }

    final void assertNothingIsLeft() throws IOException {
        assertThat(store.list("", "", 10)).isEmpty();
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    /** Has eight threads, each with a store of its own, write eight contents under one name. */
    private void race(Writing writing) throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<StoredObject>> outcomes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                byte[] content = "writer %d".formatted(i).getBytes(UTF_8);
                ObjectStore one = open();
                outcomes.add(executor.submit(() -> {
                    start.await();
                    try (one) {
                        return writing.write(one, content);
                    }
                }));
            }
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                if (succeeded(outcomes.get(i))) {
                    winners.add(i);
                }
            }
            assertThat(winners).hasSize(1);
            assertThat(contentOf(NAME)).asString().isEqualTo("writer " + winners.get(0));
        } finally {
            executor.shutdownNow();
        }
    }

    @FunctionalInterface
    private interface Writing {

        StoredObject write(ObjectStore store, byte[] content) throws IOException;
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

    private static List<String> names(List<StoredObject> objects) {
        return objects.stream().map(object -> object.name().value()).toList();
    }

    private static List<ObjectName> sorted(List<ObjectName> names) {
        return names.stream().sorted().toList();
    }
}
