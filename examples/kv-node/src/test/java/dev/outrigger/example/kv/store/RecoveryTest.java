package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.RocksDBException;

class RecoveryTest {

    @TempDir
    Path directory;

    @Test
    void eachStepIsTold() {
        List<String> steps = new ArrayList<>();
        List<Integer> shardsSeen = new ArrayList<>();
        try (DataDirectory data = DataDirectory.open(directory);
                Store store = new Store(data)) {
            store.onShardsChanged(() -> shardsSeen.add(store.shards().size()));
            store.open((done, total, phase) -> steps.add(done + "/" + total + " " + phase));
        }
        assertThat(steps)
                .startsWith("0/17 opening the database", "1/17 verifying slot-0000", "2/17 verifying slot-0064")
                .endsWith("16/17 verifying slot-0960", "17/17 recovered")
                .hasSize(18);
        assertThat(shardsSeen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
    }

    @Test
    void aDamagedShardIsUnavailableAndTheOthersServe() throws IOException {
        fill(2000);
        OpenStore.in(directory).close(); // the log has gone into files now
        damage(largestTable());

        try (OpenStore opened = OpenStore.in(directory)) {
            List<ShardView> shards = opened.store().shards();
            List<ShardView> unavailable = shards.stream()
                    .filter(shard -> shard.health() == ShardHealth.UNAVAILABLE)
                    .toList();

            assertThat(unavailable).hasSize(1);
            SlotRange lost = unavailable.get(0).range();
            for (int n = 0; n < 2000; n++) {
                byte[] key = bytes("k" + n);
                if (lost.contains(HashSlot.of(key).number())) {
                    assertThatThrownBy(() -> opened.store().get(key))
                            .isInstanceOfSatisfying(
                                    StoreException.class,
                                    e -> assertThat(e.reason()).isEqualTo(Reason.SHARD_UNAVAILABLE));
                } else {
                    assertThat(opened.store().get(key)).contains(bytes("v".repeat(100)));
                }
            }
            assertThatThrownBy(() -> opened.store().scan(new ScanCursor((long) lost.first() << 32), 10))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aDirectoryServesOneNodeAtATime() {
        try (DataDirectory first = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("data directory " + first.path() + ": in use by another node in this process");
        }
        DataDirectory.open(directory).close();
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .hasMessage("data directory " + file + ": is not a directory");
    }

    @Test
    void gitDoesNotSeeTheData() {
        DataDirectory.open(directory).close();

        assertThat(directory.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void dataOfAnotherVersionIsLeftAlone() throws RocksDBException, IOException {
        OpenStore.in(directory).close();
        try (Database database = Database.open(directory.resolve("rocksdb"))) {
            database.rocks()
                    .createColumnFamily(new ColumnFamilyDescriptor(bytes("slot-0032")))
                    .close();
        }
        assertThatThrownBy(() -> OpenStore.in(directory)).hasMessageContaining("[slot-0032]");
    }

    @Test
    void dataOfAnotherFormatIsLeftAlone() throws RocksDBException, IOException {
        OpenStore.in(directory).close();
        try (Database database = Database.open(directory.resolve("rocksdb"))) {
            database.rocks().put(bytes("format"), bytes("2"));
        }
        assertThatThrownBy(() -> OpenStore.in(directory)).hasMessage("the data is of format 2 (expected: 1)");
    }

    @Test
    void closingEndsARecovery() {
        try (DataDirectory data = DataDirectory.open(directory)) {
            Store store = new Store(data);
            Thread closer = new Thread(store::close);

            assertThatThrownBy(() -> store.open((done, total, phase) -> startOnce(closer)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
            store.close();
        }
    }

    private static void startOnce(Thread closer) {
        if (closer.getState() == Thread.State.NEW) {
            closer.start();
            while (closer.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        }
    }

    private void fill(int keys) {
        try (OpenStore opened = OpenStore.in(directory)) {
            for (int n = 0; n < keys; n++) {
                opened.store().set(bytes("k" + n), bytes("v".repeat(100)), SetCondition.ALWAYS);
            }
        }
    }

    private Path largestTable() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("rocksdb"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void damage(Path table) throws IOException {
        byte[] content = Files.readAllBytes(table);
        content[20] ^= 1;
        Files.write(table, content);
    }
}
