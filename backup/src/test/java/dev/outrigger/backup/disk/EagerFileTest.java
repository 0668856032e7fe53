package dev.outrigger.backup.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EagerFileTest {

    private static final int MIB = 1 << 20;

    private final SlowDisk disk = new SlowDisk();
    private final EagerFile file = new EagerFile(disk);
    private final byte[] piece = new byte[MIB];

    @TempDir
    private Path directory;

    private void writeMib(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            file.write(piece, 0, MIB);
        }
    }

    @Test
    void whatIsWrittenIsThere() throws Exception {
        byte[] content = new byte[9 * MIB + 17];
        new Random(1).nextBytes(content);
        Path path = directory.resolve("f");

        try (EagerFile written =
                new EagerFile(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            written.write(content[0]);
            written.write(content, 1, content.length - 1);
            written.force();
        }

        assertThat(Files.readAllBytes(path)).isEqualTo(content);
    }

    @Test
    void theWriterGoesOnWhileTheDiskIsSlow() throws Exception {
        writeMib(30);

        assertThat(disk.written).hasValue(30L * MIB);
        await().untilAsserted(() -> assertThat(disk.forces).hasValue(1));

        disk.release();
        file.force();
        file.close();
        assertThat(disk.forces).hasValue(2);
    }

    @Test
    void aSlowDiskIsNotOverrun() throws Exception {
        Thread writer = new Thread(() -> {
            try {
                writeMib(100);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();

        await().until(() -> writer.getState() == Thread.State.WAITING);
        assertThat(disk.written).hasValue(40L * MIB);

        disk.release();
        writer.join();
        file.close();
        assertThat(disk.written).hasValue(100L * MIB);
    }

    @Test
    void oncePartOfItIsLostAllOfItIs() throws Exception {
        writeMib(8);
        disk.failOnce();

        assertThatThrownBy(file::force)
                .isInstanceOf(IOException.class)
                .hasMessage("a part of the file could not be brought to disk: No space left on device");
        assertThatThrownBy(file::force).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> writeMib(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(file::close).isInstanceOf(IOException.class);
        assertThat(disk.forces).as("calls that waited for the disk").hasValue(1);
        assertThat(disk.isOpen()).isFalse();
    }

    @Test
    void whoeverOnlyClosesItIsToldToo() throws Exception {
        writeMib(8);
        disk.failOnce();

        assertThatThrownBy(file::close).isInstanceOf(IOException.class);
    }

    @Test
    void itsThreadIsGoneWhenItIsClosed() throws Exception {
        writeMib(8);
        disk.release();

        file.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("outrigger-disk");
    }

    @Test
    void anInterruptWhileItWaitsForTheDiskIsNotLost() throws Exception {
        writeMib(8);
        Thread.currentThread().interrupt();
        disk.release();

        file.close();

        assertThat(Thread.interrupted()).isTrue();
    }
}
