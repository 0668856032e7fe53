package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrigger.backup.SmallDisk;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 1 MiB and 16 files, where this process may mount one. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    private static final ObjectName NAME = new ObjectName("shard-0-users-b1.tar.zst");
    private static final byte[] MORE_THAN_FITS = new byte[2 * 1024 * 1024];

    @TempDir
    private Path temporary;

    private Optional<SmallDisk> disk = Optional.empty();

    @AfterEach
    void unmount() throws Exception {
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    @Test
    void whatTheSystemSaysOfAFullDiskIsUnderstood() {
        assertThatThrownBy(() -> {
                    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
                        full.write(1);
                    } catch (IOException e) {
                        throw DiskErrors.translated(e, new FileLocation("/dev"));
                    }
                })
                .isInstanceOf(StoreFullException.class)
                .hasMessage("location: file:///dev (expected: space left)");
    }

    @Test
    void anObjectThatDoesNotFitLeavesNothing() throws Exception {
        DirectoryStore store = smallStore();
        store.putIfAbsent(new ObjectName("small"), "hello".getBytes(UTF_8));
        assertThatThrownBy(() -> {
                    try (ObjectSink sink = store.create(NAME)) {
                        sink.write(MORE_THAN_FITS);
                        sink.commit();
                    }
                })
                .isInstanceOf(StoreFullException.class);
        assertThatThrownBy(() -> store.putIfAbsent(NAME, MORE_THAN_FITS)).isInstanceOf(StoreFullException.class);
        assertThatThrownBy(() -> store.replace(NAME, MORE_THAN_FITS)).isInstanceOf(StoreFullException.class);
        assertThat(store.list("", "", 10))
                .extracting(object -> object.name().value())
                .containsExactly("small");
        assertThat(store.removeUnfinished("", true)).isZero();
        store.putIfAbsent(NAME, new byte[500_000]);
    }

    @Test
    void aSinkThatFailedDoesNotCommitOnceThereIsSpaceAgain() throws Exception {
        DirectoryStore store = smallStore();
        store.putIfAbsent(new ObjectName("large"), new byte[900_000]);
        try (ObjectSink sink = store.create(NAME)) {
            assertThatThrownBy(() -> sink.write(new byte[200_000])).isInstanceOf(StoreFullException.class);
            store.delete(new ObjectName("large"));
            assertThatThrownBy(() -> sink.write(new byte[10])).isInstanceOf(IOException.class);
            assertThatThrownBy(sink::commit).isInstanceOf(IOException.class);
        }
        assertThat(store.list("", "", 10)).isEmpty();
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @Test
    void withoutAFreeInodeTheStoreIsFullToo() throws Exception {
        DirectoryStore store = smallStore();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        store.putIfAbsent(new ObjectName("object-" + i), new byte[0]);
                    }
                })
                .isInstanceOf(StoreFullException.class);
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    private DirectoryStore smallStore() throws Exception {
        SmallDisk small = SmallDisk.over(temporary, "size=1m,nr_inodes=16");
        disk = Optional.of(small);
        assumeTrue(small.isThere(), "this process may not mount a file system");
        FileLocation root = new FileLocation(temporary.toRealPath().toString());
        return new DirectoryStore(root, LocationRoots.of(List.of(root)));
    }
}
