package dev.outrigger.backup.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSyncTest {

    @TempDir
    private Path directory;

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

    private String file(String name) throws IOException {
        Files.createFile(directory.resolve(name));
        return name;
    }
}
