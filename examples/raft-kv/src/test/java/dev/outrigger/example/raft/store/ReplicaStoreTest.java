package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class ReplicaStoreTest {

    private static final byte[] NOTHING = {};

    @TempDir
    Path directory;

    private StoreResources resources;
    private ReplicaHome home;

    @BeforeEach
    void open() {
        resources = StoreResources.open(directory.resolve("native"));
        home = new ReplicaHome(directory.resolve("replica"));
    }

    @AfterEach
    void close() {
        resources.close();
    }

    @Test
    void anEmptyReplicaIsBeforeTheFirstEntry() throws IOException {
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            assertThat(store.applied()).isEqualTo(Position.NONE);
        }
    }

    @Test
    void whatWasAppliedIsThereAgainWithItsIndexWhenTheStoreIsOpenedAnew() throws IOException {
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");
            put(store, 2, "b", "2");
        }

        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            assertThat(store.applied()).isEqualTo(new Position(1, 2));
            assertThat(get(store, "b")).isEqualTo("2");
        }
    }

    @Test
    void aCheckpointHasDataAndIndexOfOneMoment() throws IOException {
        Path place = directory.resolve("checkpoint");
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");
            store.pass(new Position(2, 5));
            assertThat(store.checkpoint(place)).isEqualTo(new Position(2, 5));
            put(store, 6, "a", "later");
        }
        ReplicaHome other = new ReplicaHome(directory.resolve("other"));

        try (ReplicaStore copy = ReplicaStore.open(resources, other)) {
            copy.replaceBy(place, new Position(2, 5), new Position(2, 5), (rocks, batch) -> NOTHING);

            assertThat(get(copy, "a")).isEqualTo("1");
            assertThat(copy.applied()).isEqualTo(new Position(2, 5));
        }
    }

    @Test
    void aDatabaseThatWasReplacedStaysSoAndTheOldOneIsGone() throws IOException {
        Path source = directory.resolve("source");
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "new");
            store.checkpoint(source);
            put(store, 2, "a", "old");
            store.replaceBy(source, new Position(1, 1), new Position(1, 3), (rocks, batch) -> NOTHING);
            assertThat(get(store, "a")).isEqualTo("new");
        }

        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            assertThat(get(store, "a")).isEqualTo("new");
            assertThat(store.applied()).isEqualTo(new Position(1, 3));
        }
        assertThat(directory.resolve("replica/db-0")).doesNotExist();
        assertThat(source).isDirectory();
    }

    @Test
    void aReplacementThatCannotBeOpenedChangesNothing() throws IOException {
        Path broken = Files.createDirectories(directory.resolve("broken"));
        Files.writeString(broken.resolve("CURRENT"), "MANIFEST-000009\n");
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");

            assertThatThrownBy(
                            () -> store.replaceBy(broken, Position.NONE, new Position(1, 2), (rocks, batch) -> NOTHING))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be opened");

            assertThat(get(store, "a")).isEqualTo("1");
            assertThat(store.applied()).isEqualTo(new Position(1, 1));
            put(store, 2, "a", "2");
        }
    }

    @Test
    void anEmptyDirectoryIsNoDatabaseThatCouldReplaceOne() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");

            assertThatThrownBy(
                            () -> store.replaceBy(empty, Position.NONE, new Position(1, 2), (rocks, batch) -> NOTHING))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be opened");

            assertThat(get(store, "a")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseThatIsNotAtTheEntryItIsSaidToBeAtReplacesNothing() throws IOException {
        Path source = directory.resolve("source");
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");
            store.checkpoint(source);
            put(store, 2, "a", "2");

            assertThatThrownBy(() ->
                            store.replaceBy(source, new Position(1, 2), new Position(1, 3), (rocks, batch) -> NOTHING))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the database is at Position[term=1, index=1] (expected: Position[term=1, index=2])");

            assertThat(get(store, "a")).isEqualTo("2");
            assertThat(store.applied()).isEqualTo(new Position(1, 2));
        }
    }

    @Test
    void aReplacementThatWasNotPointedToIsForgotten() throws IOException {
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");
        }
        Path halfDone = Files.createDirectories(directory.resolve("replica/db-1"));
        Files.writeString(halfDone.resolve("CURRENT"), "MANIFEST-000009\n");

        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            assertThat(get(store, "a")).isEqualTo("1");
            assertThat(halfDone).doesNotExist();
        }
    }

    @Test
    void anEntryThatFailsIsNotApplied() throws IOException {
        try (ReplicaStore store = ReplicaStore.open(resources, home)) {
            put(store, 1, "a", "1");

            assertThatThrownBy(() -> store.apply(new Position(1, 2), (rocks, batch) -> {
                        batch.put(key("a"), key("2"));
                        throw new RocksDBException("full");
                    }))
                    .isInstanceOf(IOException.class);

            assertThat(store.applied()).isEqualTo(new Position(1, 1));
            assertThat(get(store, "a")).isEqualTo("1");
        }
    }

    @Test
    void aClosedStoreSaysSo() throws IOException {
        ReplicaStore store = ReplicaStore.open(resources, home);
        store.close();
        store.close();

        assertThatThrownBy(() -> get(store, "a"))
                .isInstanceOf(IOException.class)
                .hasMessage("the replica is closed");
    }

    private static void put(ReplicaStore store, long index, String key, String value) throws IOException {
        store.apply(new Position(1, index), (rocks, batch) -> {
            batch.put(key(key), value.getBytes(UTF_8));
            return NOTHING;
        });
    }

    private static String get(ReplicaStore store, String key) throws IOException {
        return store.read(rocks -> new String(rocks.get(key(key)), UTF_8));
    }

    private static byte[] key(String name) {
        return ("\u0001" + name).getBytes(UTF_8);
    }
}
