package dev.outrigger.backup.archive;

import static dev.outrigger.backup.Untiring.telling;
import static dev.outrigger.backup.archive.SealedArchive.HEADER;
import static dev.outrigger.backup.archive.SealedArchive.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardArchiveTest {

    @TempDir
    private Path directory;

    @Test
    void aShardWithoutFilesComesBack() throws Exception {
        SealedArchive archive = SealedArchive.of();

        assertThat(archive.restore(directory)).isEqualTo(HEADER);
        assertThat(archive.expected().entries()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 65_535, 65_536, 262_144, 262_145, 1_000_000})
    void aFileOfAnyLengthComesBack(int length) throws Exception {
        ShardFile file = file("data", length);

        SealedArchive.of(file).restore(directory);

        assertThat(directory.resolve("data"))
                .hasBinaryContent(file.opener().open().readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 155, 156, 255})
    void aNameOfAnyLengthComesBack(int length) throws Exception {
        comesBack("n".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b/c/d/e",
                " leading and trailing ",
                "-rf",
                "~root",
                "C:name",
                "a.tar.zst",
                "...",
                "grün",
                "数据/文件",
                "🌱/🌱",
                "quote\"quote'",
                "a=b",
                "%2e%2e%2f"
            })
    void aNameOfAnyKindComesBack(String name) throws Exception {
        comesBack(name);
    }

    @Test
    void aLongPathComesBack() throws Exception {
        comesBack("%s/%s/%s".formatted("a".repeat(150), "ä".repeat(70), "c".repeat(10)));
    }

    private void comesBack(String name) throws Exception {
        SealedArchive archive = SealedArchive.of(file(name, "content".getBytes(UTF_8)));

        archive.restore(directory);

        assertThat(directory.resolve(name)).hasContent("content");
    }

    @Test
    void manyFilesComeBack() throws Exception {
        ShardFile[] files = IntStream.range(0, 1_000)
                .mapToObj(i -> file("d%d/%05d".formatted(i % 7, i), i % 600))
                .toArray(ShardFile[]::new);

        SealedArchive archive = SealedArchive.of(files);
        archive.restore(directory);

        assertThat(archive.expected().entries()).isEqualTo(1_000);
        for (ShardFile file : files) {
            assertThat(directory.resolve(file.path()))
                    .hasBinaryContent(file.opener().open().readAllBytes());
        }
    }

    @Test
    void theThreadsThatBringFilesToDiskAreGone() throws Exception {
        ShardFile[] files =
                IntStream.range(0, 50).mapToObj(i -> file("f" + i, i)).toArray(ShardFile[]::new);

        SealedArchive.of(files).restore(directory);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("outrigger-disk"));
    }

    @Test
    void theThreadsThatBringFilesToDiskAreGoneAfterAFailureToo() throws Exception {
        ShardFile[] files =
                IntStream.range(0, 50).mapToObj(i -> file(i / 5 + "/f" + i, i)).toArray(ShardFile[]::new);
        Files.createDirectories(directory.resolve("9/f49"));

        assertThatThrownBy(() -> SealedArchive.of(files).restore(directory))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("outrigger-disk"));
    }

    @Test
    void filesBesideAndBelowADirectoryOfEqualBeginningComeBack() throws Exception {
        ShardFile[] files = Stream.of("a", "d/1", "d/e/1", "d/e/f/g/1", "d/e.1", "d/z", "d.1", "e/1", "z")
                .map(name -> file(name, 3))
                .toArray(ShardFile[]::new);

        SealedArchive.of(files).restore(directory);

        for (ShardFile file : files) {
            assertThat(directory.resolve(file.path()))
                    .hasBinaryContent(file.opener().open().readAllBytes());
        }
    }

    @Test
    void whatIsUnknownOfAShardStaysUnknown() throws Exception {
        ArchiveHeader header = new ArchiveHeader(
                "p", "1", Instant.EPOCH, "n", new TableName("t"), ShardDescription.of(Integer.MAX_VALUE));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveSummary summary = new ShardArchiveWriter(Compression.DEFAULT, Pacing.NONE).write(out, header, List.of());

        assertThat(new SealedArchive(out.toByteArray(), summary).verify()).isEqualTo(header);
    }

    @Test
    void theFirstEntryIsWhatOthersParse() throws Exception {
        byte[] json = new HeaderDocument(
                        HEADER,
                        List.of(new ArchivedFile(new EntryName("d/a"), 3), new ArchivedFile(new EntryName("e"), 0)))
                .encode();

        assertThat(new String(json, UTF_8)).isEqualTo("""
                        {"format_version":1,"product":"test-node","product_version":"1.2.3",\
                        "created_at":"2026-11-21T10:15:30.123Z","compression":"zstd",\
                        "shard":{"id":7,"node_id":"node-1","table":"orders","range_start":"a","range_end":"m",\
                        "applied_index":4711,"term":3},\
                        "files":[{"path":"d/a","bytes":3},{"path":"e","bytes":0}]}""");
    }

    @Test
    void theLastEntryIsWhatOthersParse() throws Exception {
        SealedArchive archive = SealedArchive.of(file("b", "123456789".getBytes(UTF_8)), file("a", new byte[0]));

        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(archive.bytes())))) {
            for (String name : List.of(HeaderDocument.ENTRY, "a", "b", Checksums.ENTRY)) {
                assertThat(tar.getNextEntry().getName()).isEqualTo(name);
            }
            assertThat(new String(tar.readAllBytes(), UTF_8)).isEqualTo("{\"crc32c\":[\"00000000\",\"e3069283\"]}");
            assertThat(tar.getNextEntry()).isNull();
        }
    }

    @Test
    void eachFileIsOpenedOnceAndReadToItsEnd() throws Exception {
        List<String> opened = new ArrayList<>();
        ShardFile[] files = Stream.of("b", "a", "c")
                .map(name -> new ShardFile(name, 100_000, () -> {
                    opened.add(name);
                    return new ByteArrayInputStream(new byte[100_000]);
                }))
                .toArray(ShardFile[]::new);

        SealedArchive.of(files).verify();

        assertThat(opened).containsExactly("a", "b", "c");
    }

    @Test
    void filesAndDirectoriesAreTheUsersAlone() throws Exception {
        SealedArchive.of(file("d/e/a", 1)).restore(directory);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("d/e/a"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("d/e"))))
                .isEqualTo("rwx------");
    }

    @Test
    void equalFilesGiveAnEqualArchiveInWhateverOrderTheyCome() throws Exception {
        SealedArchive one = SealedArchive.of(file("a", 1000), file("b/c", 10), file("b-", 3));
        SealedArchive other = SealedArchive.of(file("b-", 3), file("b/c", 10), file("a", 1000));

        assertThat(one.bytes()).isEqualTo(other.bytes());
        assertThat(one.expected()).isEqualTo(other.expected());
    }

    @Test
    void equalContentIsSeenWhoeverWroteItAndHoweverItWasCompressed() throws Exception {
        ArchiveHeader later = new ArchiveHeader(
                "other", "9.9.9-with-a-longer-name", Instant.now(), "node-2", HEADER.table(), HEADER.shard());
        ShardFile file = file("a", 100_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ArchiveSummary one = SealedArchive.of(file).expected();
        ArchiveSummary other =
                new ShardArchiveWriter(new Compression(1, 2), Pacing.NONE).write(out, later, List.of(file));

        assertThat(other.contentSha256()).isEqualTo(one.contentSha256());
        assertThat(other.sha256()).isNotEqualTo(one.sha256());
        assertThat(SealedArchive.of(file("a", 99_999)).expected().contentSha256())
                .isNotEqualTo(one.contentSha256());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 19})
    void whatAnyLevelWritesCanBeRead(int level) throws Exception {
        ShardFile file = file("a", 300_000);

        SealedArchive.of(new Compression(level, 0), file).verify();
        SealedArchive.of(new Compression(level, 2), file).verify();
    }

    @Test
    void theWindowOfTheHighestLevelIsTheLargestThatIsRead() throws Exception {
        SealedArchive archive = SealedArchive.of(new Compression(19, 0), file("a", 1));

        assertThat(archive.bytes()[5]).as("window descriptor").isEqualTo((byte) 0x68);
        archive.verify();
    }

    @ParameterizedTest
    @CsvSource({"1, 2097152, 9", "3, 2097152, 9", "17, 8388608, 3"})
    void aFrameHoldsNoMoreThanItsWindow(int level, long window, int frames) throws Exception {
        ShardFile[] files = {file("a", 5_000_000), file("b", 5_000_000), file("c", 8_000_000)};
        SealedArchive archive = SealedArchive.of(new Compression(level, 0), files);

        List<Long> contents = contentOfFrames(archive.bytes());

        assertThat(contents).hasSize(frames).allMatch(content -> content <= window);
        assertThat(contents.stream().mapToLong(content -> content).sum())
                .isEqualTo(archive.expected().rawBytes());
        archive.verify();
    }

    private static List<Long> contentOfFrames(byte[] archive) throws IOException {
        List<Long> contents = new ArrayList<>();
        int at = 0;
        while (at < archive.length) {
            long frame = Zstd.findFrameCompressedSize(archive, at);
            InputStream in = new ByteArrayInputStream(archive, at, Math.toIntExact(frame));
            try (InputStream content = new ZstdInputStreamNoFinalizer(in)) {
                contents.add(content.transferTo(OutputStream.nullOutputStream()));
            }
            at += Math.toIntExact(frame);
        }
        return contents;
    }

    @Test
    void workersGetOneFrame() throws Exception {
        SealedArchive archive = SealedArchive.of(new Compression(3, 2), file("a", 10_000_000));

        assertThat(contentOfFrames(archive.bytes())).hasSize(1);
        archive.verify();
    }

    @Test
    void aCompressionThatNobodyCouldReadIsRefused() {
        assertThatThrownBy(() -> new Compression(20, 0)).hasMessage("level: 20 (expected: 1 to 19)");
        assertThatThrownBy(() -> new Compression(3, -1)).hasMessage("workers: -1 (expected: 0 to 64)");
    }

    @Test
    void aFileBeyond8GibHasItsLengthInAPaxHeader() throws Exception {
        long bytes = (8L << 30) + 1;
        AtomicLong left = new AtomicLong(4 << 20);
        Pacing pacing = new Pacing(telling(asked -> endWhenNoneIsLeft(left.addAndGet(-asked))), moved -> {}, () -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> new ShardArchiveWriter(Compression.DEFAULT, pacing)
                        .write(out, HEADER, List.of(new ShardFile("big", bytes, Zeros::new))))
                .isInstanceOf(CancellationException.class);

        InputStream begun = new ByteArrayInputStream(out.toByteArray());
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ZstdInputStreamNoFinalizer(begun))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo(HeaderDocument.ENTRY);
            assertThat(tar.getNextEntry())
                    .returns("big", TarArchiveEntry::getName)
                    .returns(bytes, TarArchiveEntry::getSize);
        }
    }

    private static void endWhenNoneIsLeft(long left) {
        if (left < 0) {
            throw new CancellationException("seen enough");
        }
    }

    @Test
    void aFileBeyond8GibIsRead() throws Exception {
        SealedArchive archive = new HandmadeTar()
                .listRaw("{\"path\":\"big\",\"bytes\":8589934593}", "00000000")
                .pax("size", "8589934593")
                .block("big", '0', new byte[0])
                .end(new byte[1024])
                .seal();

        assertThatThrownBy(() -> archive.restore(directory)).hasMessageStartingWith("tar: cut short within an entry");
        assertThat(directory.resolve("big")).exists();
    }

    @Test
    void progressIsWhatWasMovedAndPiecesAreSmall() throws Exception {
        AtomicLong moved = new AtomicLong();
        List<Integer> asked = new ArrayList<>();
        Pacing pacing = new Pacing(telling(asked::add), moved::addAndGet, () -> {});
        ShardFile[] files = {file("a", 3_000_000), file("b", 0), file("c", 10)};
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ArchiveSummary summary = new ShardArchiveWriter(Compression.DEFAULT, pacing).write(out, HEADER, List.of(files));

        assertThat(moved).hasValue(3_000_010);
        assertThat(asked).allSatisfy(bytes -> assertThat(bytes).isBetween(0, 1 << 20));
        assertThat(asked.stream().mapToLong(Integer::longValue).sum()).isEqualTo(3_000_010);

        moved.set(0);
        asked.clear();
        new ShardArchiveReader(pacing)
                .read(new ByteArrayInputStream(out.toByteArray()), summary, ArchiveDestination.directory(directory));

        assertThat(moved).hasValue(summary.rawBytes());
        assertThat(asked).allSatisfy(bytes -> assertThat(bytes).isBetween(0, 1 << 20));
    }

    @Test
    void theThrottleIsAskedBeforeAFileIsRead() throws Exception {
        List<String> order = new ArrayList<>();
        Throttle throttle = telling(bytes -> order.add("asked for " + bytes));
        ShardFile file = new ShardFile("a", 1, () -> {
            order.add("opened");
            return new ByteArrayInputStream(new byte[] {1});
        });

        new ShardArchiveWriter(
                        Compression.DEFAULT, new Pacing(throttle, bytes -> order.add("moved " + bytes), () -> {}))
                .write(new ByteArrayOutputStream(), HEADER, List.of(file));

        assertThat(order).containsExactly("opened", "asked for 1", "moved 1");
    }

    @Test
    void nothingIsWrittenOverInTheDestination() throws Exception {
        Files.writeString(directory.resolve("a"), "as it was");

        assertThatThrownBy(() -> SealedArchive.of(file("a", 10)).restore(directory))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(directory.resolve("a")).hasContent("as it was");
    }

    @Test
    void aDestinationThatIsALinkOrMissingIsRefused() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        SealedArchive archive = SealedArchive.of(file("a", 10));

        assertThatThrownBy(() -> archive.restore(link)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> archive.restore(directory.resolve("missing")))
                .isInstanceOf(NotDirectoryException.class);
        try (Stream<Path> files = Files.list(real)) {
            assertThat(files).isEmpty();
        }
    }

    /** Zeros without end, at no cost. */
    private static final class Zeros extends InputStream {

        @Override
        public int read() {
            return -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }
}
