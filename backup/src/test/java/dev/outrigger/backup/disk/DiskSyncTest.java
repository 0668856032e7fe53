package dev.outrigger.backup.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSyncTest {

    @TempDir
    private Path directory;

    private final CountedFileSystem whole = new CountedFileSystem();

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("outrigger-disk"));
    }

    @Test
    void moreThanMayWaitAreBroughtToDisk() throws Exception {
        try (DiskSync disk = new DiskSync(directory)) {
            for (int i = 0; i < 3_000; i++) {
                disk.add(file("f" + i));
            }
            disk.add("");
            disk.await();
        }
    }

    @Test
    void nothingToBringToDiskTakesNoThread() throws Exception {
        DiskSync disk = new DiskSync(directory.resolve("not there yet"));

        disk.await();
        disk.close();
    }

    @Test
    void whatIsNotOnDiskFailsTheCall() throws Exception {
        try (DiskSync disk = new DiskSync(directory)) {
            disk.add(file("f1"));
            disk.add("f2");

            assertThatThrownBy(disk::await).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void whatIsNotOnDiskFailsWhoeverAddsMore() {
        try (DiskSync disk = new DiskSync(directory)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            disk.add("missing");
                        }
                    })
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of(file("f")));
        try (DiskSync disk = new DiskSync(directory)) {
            disk.add("link");

            assertThatThrownBy(disk::await).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptWhileFilesAreBroughtToDiskIsNotLost() throws Exception {
        try (DiskSync disk = new DiskSync(directory)) {
            disk.add(file("f"));
            Thread.currentThread().interrupt();

            assertThatThrownBy(disk::await).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void whoeverClosesItWhileInterruptedStaysInterrupted() throws Exception {
        DiskSync disk = new DiskSync(directory);
        disk.add(file("f"));
        Thread.currentThread().interrupt();

        disk.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aHundredFilesAreForcedEachAndTheFileSystemIsLeftAlone() throws Exception {
        try (DiskSync disk = new DiskSync(directory, Optional.of(whole))) {
            for (int i = 0; i < 100; i++) {
                disk.add(file("f" + i));
            }
            disk.await();
        }

        assertThat(whole.syncs).hasValue(0);
        assertThat(whole.closes).hasValue(1);
    }

    @Test
    void oneMoreHasTheFileSystemBroughtToDiskAfterTheLastWasAdded() throws Exception {
        try (DiskSync disk = new DiskSync(directory, Optional.of(whole))) {
            for (int i = 0; i < 5_000; i++) {
                disk.add(i < 100 ? file("f" + i) : "not looked at");
            }
            assertThat(whole.syncs).hasValue(0);
            disk.await();

            assertThat(whole.syncs).hasValue(1);
            assertThat(whole.closes).hasValue(0);
        }
        assertThat(whole.closes).hasValue(1);
    }

    @Test
    void ofVeryManyTheFirstAreBroughtToDiskMeanwhile() throws Exception {
        try (DiskSync disk = new DiskSync(directory, Optional.of(whole))) {
            for (int i = 0; i < 20_101; i++) {
                disk.add(i < 100 ? file("f" + i) : "not looked at");
            }
            disk.await();
        }

        assertThat(whole.syncs).hasValue(3);
    }

    @Test
    void aFileSystemThatCannotBeBroughtToDiskFailsTheCall() throws Exception {
        whole.failure = new IOException("syncfs: error 5");
        try (DiskSync disk = new DiskSync(directory, Optional.of(whole))) {
            for (int i = 0; i < 101; i++) {
                disk.add(file("f" + i));
            }

            assertThatThrownBy(disk::await).isSameAs(whole.failure);
        }
        assertThat(whole.closes).hasValue(1);
    }

    @Test
    void ofTheFirstHundredNoneIsForgottenForTheFileSystem() throws Exception {
        try (DiskSync disk = new DiskSync(directory, Optional.of(whole))) {
            disk.add("missing");

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            disk.add("");
                        }
                        disk.await();
                    })
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    private static final class CountedFileSystem implements FileSystemSync {

        private final AtomicInteger syncs = new AtomicInteger();
        private final AtomicInteger closes = new AtomicInteger();
        private volatile @Nullable IOException failure;

        @Override
        public void sync() throws IOException {
            syncs.incrementAndGet();
            IOException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public void close() {
            closes.incrementAndGet();
        }
    }

    private String file(String name) throws IOException {
        Files.createFile(directory.resolve(name));
        return name;
    }
}
