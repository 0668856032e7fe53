package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;
import static dev.outrigger.example.kv.store.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {

    @TempDir
    Path directory;

    @Test
    void anEmptyStoreIsScannedInOneStep() {
        try (OpenStore opened = OpenStore.in(directory)) {
            ScanPage page = opened.store().scan(ScanCursor.START, 10);

            assertThat(page.keys()).isEmpty();
            assertThat(page.next()).isEqualTo(ScanCursor.START);
        }
    }

    @Test
    void everyKeyComesExactlyOnce() {
        try (OpenStore opened = OpenStore.in(directory)) {
            List<String> keys = keys("key:", 5000);
            setAll(opened.store(), keys);

            for (int count : new int[] {1, 7, 10_000}) {
                assertThat(scan(opened.store(), count)).containsExactlyInAnyOrderElementsOf(keys);
            }
        }
    }

    @Test
    void aPageLooksAtAsManyKeysAsAsked() {
        try (OpenStore opened = OpenStore.in(directory)) {
            setAll(opened.store(), keys("key:", 100));

            assertThat(opened.store().scan(ScanCursor.START, 10).keys()).hasSize(10);
        }
    }

    @Test
    void keysThatStayAreAllFoundWhileOthersComeAndGo() throws Exception {
        try (OpenStore opened = OpenStore.in(directory)) {
            Store store = opened.store();
            List<String> staying = keys("stay:", 3000);
            setAll(store, staying);
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> others = CompletableFuture.runAsync(() -> comeAndGo(store, done));

            for (int round = 0; round < 5; round++) {
                List<String> found = scan(store, 13);
                assertThat(found).doesNotHaveDuplicates();
                assertThat(found.stream().filter(key -> key.startsWith("stay:")))
                        .containsExactlyInAnyOrderElementsOf(staying);
            }
            done.set(true);
            others.get();
        }
    }

    @Test
    void aCursorOutlivesARestart() {
        List<String> keys = keys("key:", 500);
        List<String> found = new ArrayList<>();
        ScanCursor cursor;
        try (OpenStore opened = OpenStore.in(directory)) {
            setAll(opened.store(), keys);
            ScanPage page = opened.store().scan(ScanCursor.START, 200);
            page.keys().forEach(key -> found.add(text(key)));
            cursor = page.next();
        }
        try (OpenStore opened = OpenStore.in(directory)) {
            scan(opened.store(), cursor, 50, found);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void keysOfOneSlotAreScannedToo() {
        try (OpenStore opened = OpenStore.in(directory)) {
            List<String> keys = keys("{tag}", 300);
            setAll(opened.store(), keys);

            assertThat(scan(opened.store(), 10)).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void keysThatShareAPositionAreNotParted() {
        List<String> colliding = Collisions.pair();
        try (OpenStore opened = OpenStore.in(directory)) {
            setAll(opened.store(), colliding);
            setAll(opened.store(), keys("key:", 50));

            assertThat(scan(opened.store(), 1)).hasSize(52).containsAll(colliding);
        }
    }

    @Test
    void aPageOfLongKeysIsCutShort() {
        try (OpenStore opened = OpenStore.in(directory)) {
            setAll(opened.store(), keys("x".repeat(100_000), 40));

            assertThat(opened.store().scan(ScanCursor.START, 10_000).keys()).hasSizeLessThan(20);
            assertThat(scan(opened.store(), 10_000)).hasSize(40);
        }
    }

    @Test
    void aCursorIsANumberThatWeCouldHaveGiven() {
        assertThat(ScanCursor.parse("0")).contains(ScanCursor.START);
        assertThat(ScanCursor.parse("4398046511103")).isPresent();
        assertThat(ScanCursor.parse("4398046511104")).isEmpty();
        assertThat(ScanCursor.parse("-1")).isEmpty();
        assertThat(ScanCursor.parse("x")).isEmpty();
    }

    private static void comeAndGo(Store store, AtomicBoolean done) {
        for (int n = 0; !done.get(); n++) {
            store.set(bytes("go:" + n % 2000), bytes("v"), SetCondition.ALWAYS);
            store.delete(List.of(bytes("go:" + (n + 1000) % 2000)));
        }
    }

    private static List<String> scan(Store store, int count) {
        return scan(store, ScanCursor.START, count, new ArrayList<>());
    }

    private static List<String> scan(Store store, ScanCursor from, int count, List<String> found) {
        ScanCursor cursor = from;
        do {
            ScanPage page = store.scan(cursor, count);
            page.keys().forEach(key -> found.add(text(key)));
            cursor = page.next();
        } while (!cursor.equals(ScanCursor.START));
        return found;
    }

    private static List<String> keys(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(n -> prefix + n).toList();
    }

    private static void setAll(Store store, List<String> keys) {
        keys.forEach(key -> store.set(bytes(key), bytes("v"), SetCondition.ALWAYS));
    }
}
