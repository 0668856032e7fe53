package dev.outrigger.backup.archive;

import static dev.outrigger.backup.archive.SealedArchive.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.Throttle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedArchiveTest {

    @TempDir
    private Path outside;

    @Test
    void everyFlippedByteIsNoticed() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300), file("d/" + "n".repeat(120), 20));
        Path destination = Files.createDirectory(outside.resolve("destination"));

        for (int i = 0; i < archive.bytes().length; i++) {
            byte[] flipped = archive.bytes().clone();
            flipped[i] ^= (byte) 0xff;
            Path into = Files.createDirectory(destination.resolve("" + i));

            assertThatThrownBy(() -> archive.withBytes(flipped).restore(into))
                    .as("byte %d", i)
                    .isInstanceOf(CorruptArchiveException.class);
        }
        try (var there = Files.list(outside)) {
            assertThat(there).containsExactly(destination);
        }
    }

    @Test
    void everyFlippedBitIsNoticed() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 30));

        for (int i = 0; i < archive.bytes().length * 8; i++) {
            byte[] flipped = archive.bytes().clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);

            assertThatThrownBy(() -> archive.withBytes(flipped).verify())
                    .as("bit %d", i)
                    .isInstanceOf(CorruptArchiveException.class);
        }
    }

    @Test
    void everyTruncationIsNoticed() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300), file("d/b", 20));

        for (int length = 0; length < archive.bytes().length; length++) {
            SealedArchive truncated = archive.truncated(length);

            assertThatThrownBy(truncated::verify).as("length %d", length).isInstanceOf(CorruptArchiveException.class);
        }
    }

    @Test
    void oneByteMoreIsNoticed() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300));

        assertThatThrownBy(() -> archive.truncated(archive.bytes().length + 1).verify())
                .isInstanceOf(CorruptArchiveException.class);
    }

    @Test
    void anotherArchiveIsNoticed() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", new byte[] {1}));
        SealedArchive other = SealedArchive.of(file("a", new byte[] {2}));

        assertThatThrownBy(() -> archive.withBytes(other.bytes()).verify()).isInstanceOf(CorruptArchiveException.class);
    }

    @Test
    void eachExpectationIsHeldAgainstTheArchive() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300));
        ArchiveSummary right = archive.expected();
        String other = "0".repeat(64);

        for (ArchiveSummary wrong : Arrays.asList(
                summary(right, 1, right.sha256(), 0, 0, right.contentSha256()),
                summary(right, -1, right.sha256(), 0, 0, right.contentSha256()),
                summary(right, 0, other, 0, 0, right.contentSha256()),
                summary(right, 0, right.sha256(), 512, 0, right.contentSha256()),
                summary(right, 0, right.sha256(), -512, 0, right.contentSha256()),
                summary(right, 0, right.sha256(), 0, 1, right.contentSha256()),
                summary(right, 0, right.sha256(), 0, -1, right.contentSha256()),
                summary(right, 0, right.sha256(), 0, 0, other))) {
            assertThatThrownBy(() -> new SealedArchive(archive.bytes(), wrong).verify())
                    .as("%s", wrong)
                    .isInstanceOf(CorruptArchiveException.class)
                    .hasMessageContaining("expected: ");
        }
    }

    private static ArchiveSummary summary(
            ArchiveSummary right, long bytes, String sha256, long rawBytes, long entries, String contentSha256) {
        return new ArchiveSummary(
                right.bytes() + bytes, sha256, right.rawBytes() + rawBytes, right.entries() + entries, contentSha256);
    }

    @Test
    void whatTheNetworkIsGuiltyOfIsNotTheArchives() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300));
        IOException reset = new IOException("connection reset");
        IllegalStateException closed = new IllegalStateException("client is closed");

        for (int length = 0; length <= archive.bytes().length; length++) {
            byte[] part = Arrays.copyOf(archive.bytes(), length);
            assertThatThrownBy(() -> read(new Broken(part, reset), archive.expected(), Pacing.NONE))
                    .isSameAs(reset);
            assertThatThrownBy(() -> read(new Broken(part, closed), archive.expected(), Pacing.NONE))
                    .isSameAs(closed);
        }
    }

    @Test
    void cancellingEndsItBetweenTwoPieces() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 2_000_000));
        AtomicInteger pieces = new AtomicInteger();
        Pacing pacing = new Pacing(Throttle.NONE, bytes -> {}, () -> {
            if (pieces.incrementAndGet() == 4) {
                throw new CancellationException("enough");
            }
        });

        assertThatThrownBy(() -> read(new ByteArrayInputStream(archive.bytes()), archive.expected(), pacing))
                .isInstanceOf(CancellationException.class)
                .hasMessage("enough");
        assertThat(pieces).hasValue(4);
    }

    @Test
    void anInterruptEndsItBetweenTwoPieces() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 2_000_000));
        Pacing pacing =
                new Pacing(Throttle.NONE, bytes -> Thread.currentThread().interrupt(), () -> {});

        assertThatThrownBy(() -> read(new ByteArrayInputStream(archive.bytes()), archive.expected(), pacing))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theStreamIsLeftOpen() throws Exception {
        SealedArchive archive = SealedArchive.of(file("a", 300));
        AtomicInteger closed = new AtomicInteger();
        InputStream watched = new ByteArrayInputStream(archive.bytes()) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        read(watched, archive.expected(), Pacing.NONE);

        assertThat(closed).hasValue(0);
    }

    private void read(InputStream in, ArchiveSummary expected, Pacing pacing) throws Exception {
        new ShardArchiveReader(pacing).read(in, expected, ArchiveDestination.nowhere());
    }

    /** Gives out what it has, and fails instead of ending. */
    private static final class Broken extends InputStream {

        private final ByteArrayInputStream bytes;
        private final Exception failure;

        Broken(byte[] bytes, Exception failure) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.failure = failure;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read one by one");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = bytes.read(buffer, offset, length);
            if (got >= 0) {
                return got;
            }
            if (failure instanceof IOException io) {
                throw io;
            }
            throw (RuntimeException) failure;
        }
    }
}
