package dev.outrigger.backup.archive;

import static dev.outrigger.backup.Untiring.telling;
import static dev.outrigger.backup.archive.SealedArchive.HEADER;
import static dev.outrigger.backup.archive.SealedArchive.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.ShardFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardArchiveWriterTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 65_535, 65_536, 65_537, 131_072})
    void aFileThatIsShorterThanItSaysFails(int length) {
        ShardFile file = new ShardFile("a", length, () -> new ByteArrayInputStream(new byte[length - 1]));

        assertThatThrownBy(() -> write(file))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage(
                        "file: 'a' is shorter than " + length + " bytes (expected: a snapshot, which does not change)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 65_535, 65_536, 65_537, 131_072})
    void aFileThatIsLongerThanItSaysFails(int length) {
        ShardFile file = new ShardFile("a", length, () -> new ByteArrayInputStream(new byte[length + 1]));

        assertThatThrownBy(() -> write(file))
                .isInstanceOf(ChangedFileException.class)
                .hasMessage(
                        "file: 'a' is longer than " + length + " bytes (expected: a snapshot, which does not change)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 65_536, 70_000})
    void aFileThatIsReadInDribsIsReadWhole(int length) throws Exception {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        ShardFile file = new ShardFile("a", length, () -> new Dribbling(content));

        SealedArchive.of(file).restore(directory);

        assertThat(directory.resolve("a")).hasBinaryContent(content);
    }

    @Test
    void everyFileIsClosedWhateverHappens() {
        AtomicInteger open = new AtomicInteger();
        ShardFile good = new ShardFile("a", 4, () -> new Counted(new ByteArrayInputStream(new byte[4]), open));
        ShardFile bad = new ShardFile("b", 5, () -> new Counted(new ByteArrayInputStream(new byte[4]), open));

        assertThatThrownBy(() -> write(good, bad)).isInstanceOf(ChangedFileException.class);
        assertThat(open).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__outrigger_metadata__.json",
                "__Outrigger_Metadata__.json",
                "__outrigger_checksums__.json",
                "a\nb",
                "a\u007f"
            })
    void aNameThatNoReaderWouldTakeIsRefusedAtOnce(String name) {
        assertThatThrownBy(() -> write(file(name, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(file("x".repeat(256), 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatGetIntoEachOthersWayAreRefusedAtOnce() {
        assertThatThrownBy(() -> write(file("a", 1), file("a", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(file("a", 1), file("A", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(file("a", 1), file("a/b", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamThatFailsIsNotWrittenToAgain() {
        AtomicInteger writes = new AtomicInteger();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writes.incrementAndGet();
                throw new IOException("no space");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                write(0);
            }
        };

        assertThatThrownBy(() -> new ShardArchiveWriter(Compression.DEFAULT, Pacing.NONE)
                        .write(full, HEADER, List.of(file("a", 2_000_000))))
                .isInstanceOf(IOException.class)
                .hasMessage("no space");
        assertThat(writes).hasValue(1);
    }

    @Test
    void theStreamIsLeftOpen() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        OutputStream watched = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        new ShardArchiveWriter(Compression.DEFAULT, Pacing.NONE).write(watched, HEADER, List.of(file("a", 10)));

        assertThat(closed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 13})
    void cancellingEndsItBetweenTwoPieces(int piece) {
        AtomicInteger pieces = new AtomicInteger();
        Pacing pacing = new Pacing(telling(bytes -> {}), bytes -> {}, () -> {
            if (pieces.incrementAndGet() == piece) {
                throw new CancellationException("enough");
            }
        });

        assertThatThrownBy(() -> new ShardArchiveWriter(Compression.DEFAULT.withWorkers(2), pacing)
                        .write(out, HEADER, List.of(file("a", 2_000_000))))
                .isInstanceOf(CancellationException.class)
                .hasMessage("enough");
        assertThat(pieces).hasValue(piece);
    }

    @Test
    void anInterruptEndsItBetweenTwoPieces() {
        AtomicInteger pieces = new AtomicInteger();
        Pacing pacing = new Pacing(
                telling(bytes -> {
                    if (pieces.incrementAndGet() == 10) {
                        Thread.currentThread().interrupt();
                    }
                }),
                bytes -> {},
                () -> {});

        assertThatThrownBy(() -> new ShardArchiveWriter(Compression.DEFAULT, pacing)
                        .write(out, HEADER, List.of(file("a", 2_000_000))))
                .isInstanceOf(InterruptedException.class);
        assertThat(pieces).hasValue(10);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptWithinAFileIsAnInterruptToo() throws Exception {
        Path path = Files.write(directory.resolve("a"), new byte[100]);
        Pacing pacing = new Pacing(telling(bytes -> Thread.currentThread().interrupt()), bytes -> {}, () -> {});

        assertThatThrownBy(() -> new ShardArchiveWriter(Compression.DEFAULT, pacing)
                        .write(
                                out,
                                HEADER,
                                List.of(new ShardFile(
                                        "a", 100, () -> Channels.newInputStream(FileChannel.open(path))))))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private void write(ShardFile... files) throws Exception {
        new ShardArchiveWriter(Compression.DEFAULT, Pacing.NONE).write(out, HEADER, List.of(files));
    }

    /** Gives a few bytes at a time. */
    private static final class Dribbling extends ByteArrayInputStream {

        Dribbling(byte[] content) {
            super(content);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1000));
        }
    }

    private static final class Counted extends java.io.FilterInputStream {

        private final AtomicInteger open;

        Counted(InputStream in, AtomicInteger open) {
            super(in);
            this.open = open;
            open.incrementAndGet();
        }

        @Override
        public void close() throws IOException {
            open.decrementAndGet();
            super.close();
        }
    }
}
