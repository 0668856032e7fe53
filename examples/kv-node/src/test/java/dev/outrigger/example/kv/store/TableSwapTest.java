package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see, and what a snapshot holds, while other threads are at work. */
class TableSwapTest {

    private static final TableName LOWER = new TableName("lower");

    /** One key in each shard of {@code lower}. */
    private static final List<byte[]> ACROSS = acrossLower();

    @TempDir
    Path directory;

    @TempDir
    Path copies;

    private OpenStore opened;
    private Store store;
    private StoreBackups backups;
    private final AtomicBoolean done = new AtomicBoolean();

    @BeforeEach
    void open() {
        opened = OpenStore.in(directory);
        store = opened.store();
        backups = new StoreBackups(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void readersSeeTheOldTableOrTheNewAndNeverAMixture() throws Exception {
        setAcross("v");
        Snapshots full = Snapshots.copy(backups, "lower", copies.resolve("full"));
        store.delete(ACROSS);
        Snapshots empty = Snapshots.copy(backups, "lower", copies.resolve("empty"));
        AtomicLong reads = new AtomicLong();
        List<CompletableFuture<Void>> readers = List.of(
                untilDone(reads, () -> assertThat(store.count(ACROSS)).isIn(0, 8)),
                untilDone(
                        reads,
                        () -> assertThat(store.scan(ScanCursor.START, 100).keys())
                                .satisfies(keys -> assertThat(keys.size()).isIn(0, 8))));
        for (int round = 0; round < 3; round++) {
            restore(full, "full-" + round);
            restore(empty, "empty-" + round);
        }
        finish(readers);
        assertThat(reads.get()).isPositive();
        assertThat(store.engine().database().familyNames()).hasSize(17);
    }

    @Test
    void writesGoIntoTheTableThatIsInPlace() throws Exception {
        Snapshots empty = Snapshots.copy(backups, "lower", copies);
        AtomicLong writes = new AtomicLong();
        List<CompletableFuture<Void>> writers = List.of(untilDone(writes, () -> {
            // Either write may be wiped by a swap; but a delete that found them all leaves none.
            setAcross("v");
            if (store.delete(ACROSS) == 8) {
                assertThat(store.count(ACROSS)).isZero();
            }
        }));
        for (int round = 0; round < 4; round++) {
            restore(empty, "r" + round);
        }
        finish(writers);
        setAcross("last");
        opened.close();
        open();

        assertThat(store.count(ACROSS)).isEqualTo(8);
        assertThat(store.shards()).allMatch(shard -> shard.health() == ShardHealth.HEALTHY);
    }

    @Test
    void aSnapshotIsOneMomentOfAllItsShards() throws Exception {
        AtomicLong turns = new AtomicLong();
        List<CompletableFuture<Void>> writers = List.of(untilDone(turns, () -> {
            setAcross("v"); // one after another
            store.delete(ACROSS); // all at once
        }));
        for (int round = 0; round < 4; round++) {
            Path files = copies.resolve("round" + round);
            try (TableSnapshot snapshot = backups.snapshot(LOWER).orElseThrow()) {
                Snapshots.copy(snapshot, files).stage(backups, "r" + round, "lower", true);
            }
            // Keys are set in the order of the shards and deleted together, so what is there is the first so many.
            List<Boolean> there = attached(Snapshots.copy(backups, "lower", files.resolve("again")), round);
            assertThat(there)
                    .isEqualTo(there.stream()
                            .sorted((a, b) -> Boolean.compare(b, a))
                            .toList());
        }
        finish(writers);
        assertThat(turns.get()).isPositive();
    }

    @Test
    void aSnapshotHoldsWhatWasAcknowledgedBefore() throws Exception {
        AtomicLong acknowledged = new AtomicLong(-1);
        List<CompletableFuture<Void>> writers = List.of(untilDone(new AtomicLong(), () -> {
            long next = acknowledged.get() + 1;
            store.set(bytes("{123456789}" + next), bytes("v".repeat(500)), SetCondition.ALWAYS);
            acknowledged.set(next);
        }));
        for (int round = 0; round < 3; round++) {
            long before = acknowledged.get();
            Snapshots snapshot = Snapshots.copy(backups, "lower", copies.resolve("round" + round));
            long after = acknowledged.get() + 1; // one may be on its way
            backups.commit(snapshot.stage(backups, "r" + round, "copy" + round, true));
            long count = new StoreTables(store).count(new TableName("copy" + round));
            assertThat(count).isBetween(before + 1, after + 1);
        }
        finish(writers);
    }

    @Test
    void emptyingIsOneStepForAllTables() throws Exception {
        StoreTables tables = new StoreTables(store);
        List<byte[]> keys =
                IntStream.range(0, 200).mapToObj(n -> bytes("k" + n)).toList();
        AtomicLong reads = new AtomicLong();
        for (int round = 0; round < 3; round++) {
            keys.forEach(key -> store.set(key, bytes("v"), SetCondition.ALWAYS));
            done.set(false);
            List<CompletableFuture<Void>> readers =
                    List.of(untilDone(reads, () -> assertThat(store.count(keys)).isIn(0, 200)));
            tables.clear();
            finish(readers);
        }
        assertThat(store.shards().stream().mapToLong(ShardView::commitIndex).sum())
                .isEqualTo(3 * 200 + 3 * 16);
    }

    /** Which of the keys are in a snapshot. */
    private List<Boolean> attached(Snapshots snapshot, int round) throws Exception {
        TableName name = new TableName("copy" + round);
        backups.commit(snapshot.stage(backups, "copy" + round, name.value(), true));
        StoreTables tables = new StoreTables(store);
        return ACROSS.stream().map(key -> tables.get(name, key).isPresent()).toList();
    }

    private void restore(Snapshots snapshot, String restore) throws Exception {
        backups.commit(snapshot.stage(backups, restore, "lower", true));
        backups.drop(new RestoreId(restore), LOWER);
    }

    private void setAcross(String value) {
        ACROSS.forEach(key -> store.set(key, bytes(value), SetCondition.ALWAYS));
    }

    private CompletableFuture<Void> untilDone(AtomicLong turns, Runnable turn) {
        return CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                turn.run();
                turns.incrementAndGet();
            }
        });
    }

    private void finish(List<CompletableFuture<Void>> threads) {
        done.set(true);
        threads.forEach(CompletableFuture::join);
    }

    private static List<byte[]> acrossLower() {
        TreeMap<Integer, byte[]> found = new TreeMap<>();
        Stream.iterate(0, n -> n + 1)
                .map(n -> bytes("k" + n))
                .takeWhile(key -> found.size() < SlotRange.OPEN)
                .forEach(key ->
                        found.putIfAbsent(SlotRange.indexOf(HashSlot.of(key).number()), key));
        return new ArrayList<>(found.headMap(SlotRange.OPEN / 2).values());
    }
}
