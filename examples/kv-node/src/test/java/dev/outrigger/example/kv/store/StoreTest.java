package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.all;
import static dev.outrigger.example.kv.store.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    @TempDir
    Path directory;

    @Test
    void whatIsSetIsThere() {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            store.set(bytes("k"), bytes("v"), SetCondition.ALWAYS);
            store.set(bytes(""), new byte[] {0, (byte) 0xff, '\r', '\n'}, SetCondition.ALWAYS);

            assertThat(store.get(bytes("k"))).contains(bytes("v"));
            assertThat(store.get(bytes(""))).contains(new byte[] {0, (byte) 0xff, '\r', '\n'});
            assertThat(store.get(bytes("other"))).isEmpty();
        }
    }

    @Test
    void aConditionThatDoesNotHoldChangesNothing() {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();

            assertThat(store.set(bytes("k"), bytes("1"), SetCondition.IF_PRESENT))
                    .isFalse();
            assertThat(store.set(bytes("k"), bytes("2"), SetCondition.IF_ABSENT))
                    .isTrue();
            assertThat(store.set(bytes("k"), bytes("3"), SetCondition.IF_ABSENT))
                    .isFalse();
            assertThat(store.get(bytes("k"))).contains(bytes("2"));
            assertThat(store.set(bytes("k"), bytes("4"), SetCondition.IF_PRESENT))
                    .isTrue();
            assertThat(store.get(bytes("k"))).contains(bytes("4"));
        }
    }

    @Test
    void onlyOneOfManyWinsWhatIsAbsent() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (OpenStore opened = OpenStore.in(directory)) {
            for (int round = 0; round < 50; round++) {
                byte[] key = bytes("round" + round);
                List<Future<Boolean>> answers = threads.invokeAll(IntStream.range(0, 4)
                        .<Callable<Boolean>>mapToObj(
                                n -> () -> opened.store().set(key, bytes("by " + n), SetCondition.IF_ABSENT))
                        .toList());
                int winners = 0;
                for (Future<Boolean> answer : answers) {
                    winners += answer.get() ? 1 : 0;
                }
                assertThat(winners).isOne();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void deletingTellsHowManyKeysThereWere() {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            all("a", "b", "c").forEach(key -> store.set(key, bytes("v"), SetCondition.ALWAYS));

            assertThat(store.count(all("a", "a", "b", "none"))).isEqualTo(3);
            assertThat(store.delete(all("a", "a", "b", "none"))).isEqualTo(2);
            assertThat(store.count(all("a", "b", "c"))).isOne();
        }
    }

    @Test
    void aShardCountsTheWritesItHasApplied() {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            store.set(bytes("foo"), bytes("1"), SetCondition.ALWAYS);
            store.set(bytes("foo"), bytes("2"), SetCondition.ALWAYS);
            store.set(bytes("foo"), bytes("3"), SetCondition.IF_ABSENT);
            store.delete(all("foo", "absent"));

            assertThat(commitIndex(store, 896)).isEqualTo(3);
            assertThat(store.shards().stream().mapToLong(ShardView::commitIndex).sum())
                    .isEqualTo(3);
        }
    }

    @Test
    void aRestartKeepsDataAndCommitIndexes() {
        try (OpenStore opened = OpenStore.in(directory)) {
            IntStream.range(0, 1000)
                    .forEach(n -> opened.store().set(bytes("k" + n), bytes("v" + n), SetCondition.ALWAYS));
        }
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            IntStream.range(0, 1000)
                    .forEach(n -> assertThat(store.get(bytes("k" + n))).contains(bytes("v" + n)));
            assertThat(store.shards().stream().mapToLong(ShardView::commitIndex).sum())
                    .isEqualTo(1000);
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill(@TempDir Path copies) throws IOException {
        try (OpenStore opened = OpenStore.in(directory)) {
            IntStream.range(0, 500)
                    .forEach(n -> opened.store().set(bytes("k" + n), bytes("v" + n), SetCondition.ALWAYS));
            Directories.copy(
                    directory, copies.resolve("at-the-kill")); // as the disk is, with nothing closed or flushed
        }
        try (OpenStore reopened = OpenStore.in(copies.resolve("at-the-kill"))) {
            Store store = reopened.store();
            IntStream.range(0, 500)
                    .forEach(n -> assertThat(store.get(bytes("k" + n))).contains(bytes("v" + n)));
            assertThat(store.shards().stream().mapToLong(ShardView::commitIndex).sum())
                    .isEqualTo(500);
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        OpenStore opened = OpenStore.in(directory);
        opened.close();

        assertThatThrownBy(() -> opened.store().get(bytes("k")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        assertThatThrownBy(() -> opened.store().vitals()).isInstanceOf(StoreException.class);
        assertThat(opened.store().shards()).hasSize(16).allMatch(shard -> shard.health() == ShardHealth.DEGRADED);
    }

    @Test
    void aStoreThatIsBeingOpenedSaysSo() {
        try (DataDirectory data = DataDirectory.open(directory);
                Store store = new Store(data)) {
            assertThatThrownBy(() -> store.get(bytes("k")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOADING));
            assertThat(store.shards()).isEmpty();
        }
    }

    @Test
    void closingWaitsForNobodyAndBreaksNobody() throws Exception {
        OpenStore opened = OpenStore.in(directory);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> clients = IntStream.range(0, 4)
                .<Future<?>>mapToObj(n -> threads.submit(() -> writeUntilClosed(opened.store())))
                .toList();
        while (opened.store().shards().stream()
                        .mapToLong(ShardView::commitIndex)
                        .sum()
                < 1000) {
            Thread.onSpinWait();
        }
        opened.close();
        for (Future<?> client : clients) {
            client.get();
        }
        threads.shutdown();
    }

    @Test
    void aHealthyStoreTakesWritesAndTellsOfItsTrees() {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            store.set(bytes("foo"), bytes("v"), SetCondition.ALWAYS);
            store.probeWrite();
            store.sync();

            assertThat(store.vitals().takesWrites()).isTrue();
            assertThat(store.vitals().backgroundErrors()).isZero();
            assertThat(store.trees()).hasSize(16).allMatch(tree -> tree.memtableBytes() > 0);
            assertThat(store.activity().walWrittenBytes()).isPositive();
        }
    }

    private static void writeUntilClosed(Store store) {
        try {
            for (int n = 0; ; n++) {
                store.set(bytes("k" + n), bytes("v"), SetCondition.ALWAYS);
                store.scan(ScanCursor.START, 10);
            }
        } catch (StoreException e) {
            assertThat(e.reason()).isEqualTo(Reason.CLOSED);
        }
    }

    private static long commitIndex(Store store, int shard) {
        return store.shards().stream()
                .filter(view -> view.id() == shard)
                .findFirst()
                .orElseThrow()
                .commitIndex();
    }
}
