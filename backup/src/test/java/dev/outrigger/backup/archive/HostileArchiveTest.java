package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made to do harm. Their hashes are right; nothing outside the destination is touched. */
class HostileArchiveTest {

    @TempDir
    private Path outside;

    private Path destination;

    @BeforeEach
    void createDestination() throws Exception {
        destination = Files.createDirectory(outside.resolve("destination"));
        Files.writeString(outside.resolve("bystander"), "as it was");
    }

    @AfterEach
    void nothingOutsideIsTouched() throws Exception {
        try (Stream<Path> there = Files.list(outside)) {
            assertThat(there).containsExactlyInAnyOrder(destination, outside.resolve("bystander"));
        }
        assertThat(outside.resolve("bystander")).hasContent("as it was");
    }

    @Test
    void whatIsMadeByHandIsReadWhenItIsGood() throws Exception {
        new HandmadeTar().file("a", "one").file("b/c", "two").seal().restore(destination);

        assertThat(destination.resolve("a")).hasContent("one");
        assertThat(destination.resolve("b/c")).hasContent("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bystander",
                "../bystander",
                "a/../../bystander",
                "..",
                ".",
                "./a",
                "a/./b",
                "a//b",
                "a/",
                "a/b/..",
                "a\\\\b",
                "..\\\\bystander",
                "a\\u0000b",
                "a\\nb",
                "a\\u0007",
                "a\\u007f",
                "a\\u0085",
                "",
                "__outrigger_metadata__.json",
                "__OUTRIGGER_METADATA__.JSON/x",
                "__outrigger_checksums__.json",
                "__Outrigger_checksums__.json"
            })
    void aNameThatLeadsElsewhereIsRefusedInTheList(String name) throws Exception {
        refused(new HandmadeTar().list(name, ""), "__outrigger_metadata__.json: path: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bystander",
                "../bystander",
                "a/../../bystander",
                "..",
                "./a",
                "a/./b",
                "a//b",
                "a\\b",
                "..\\bystander",
                "a\nb",
                "a\u0007",
                "a\u007f"
            })
    void aNameThatLeadsElsewhereIsRefusedInTheTar(String name) throws Exception {
        HandmadeTar tar = new HandmadeTar().list("a", "harm").block(name, '0', "harm".getBytes(UTF_8));

        refused(tar, "path: ");
    }

    @Test
    void anAbsoluteNameIsRefusedWhereverItStands() throws Exception {
        byte[] harm = "harm".getBytes(UTF_8);
        byte[] prefixed = HandmadeTar.header("bystander", '0', 0);
        HandmadeTar.put(prefixed, 345, "/etc");

        refused(new HandmadeTar().list("a", "harm").pax("path", "/a").block("a", '0', harm), "tar: an absolute name");
        refused(
                new HandmadeTar()
                        .list("a", "harm")
                        .block("L", 'L', "/a\0".getBytes(UTF_8))
                        .block("a", '0', harm),
                "tar: an absolute name");
        refused(new HandmadeTar().list("etc/bystander", "").bytes(HandmadeTar.summed(prefixed)), "path: ");
    }

    @Test
    void aNameThatClimbsIsRefusedInAPaxHeaderAndInALongName() throws Exception {
        byte[] harm = "harm".getBytes(UTF_8);

        refused(new HandmadeTar().list("a", "harm").pax("path", "../bystander").block("a", '0', harm), "path: ");
        refused(
                new HandmadeTar()
                        .list("a", "harm")
                        .block("L", 'L', "../bystander\0".getBytes(UTF_8))
                        .block("a", '0', harm),
                "path: ");
        refused(new HandmadeTar().list("a", "harm").pax("path", "a\0b").block("a", '0', harm), "");
    }

    @Test
    void namesAreBounded() throws Exception {
        String segment = "x".repeat(255);
        String longest = (segment + "/").repeat(15) + "y".repeat(254) + "/z";

        new HandmadeTar()
                .list(segment, "1")
                .pax("path", segment)
                .block("x", '0', bytes("1"))
                .seal()
                .restore(destination);
        new HandmadeTar()
                .list(longest, "1")
                .pax("path", longest)
                .block("x", '0', bytes("1"))
                .seal()
                .verify();
        assertThat(longest).hasSize(4096);
        refused(new HandmadeTar().list("x".repeat(256), ""), "<= 255 bytes");
        refused(new HandmadeTar().list("é".repeat(128), ""), "<= 255 bytes");
        refused(new HandmadeTar().list(longest + "z", ""), "<= 4096 bytes");
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() throws Exception {
        refused(
                new HandmadeTar().file("a", "1").block("a", '0', bytes("2")),
                "file: 'a' is there twice, or not listed");
        refused(new HandmadeTar().list("a", "1").list("a", "1"), "path: 'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a/b", "A/b"})
    void namesThatSomeFileSystemTakesForOneAreRefused(String other) throws Exception {
        refused(new HandmadeTar().file("a", "1").file(other, "2"), "path: '" + other + "'");
        refused(new HandmadeTar().file(other, "1").file("a", "2"), "path: 'a'");
    }

    @Test
    void accentsAreFoldedLikeCase() throws Exception {
        refused(new HandmadeTar().file("caf\u00e9", "1").file("CAFE\u0301", "2"), "path: ");
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', 'K'})
    void linksAreRefused(char type) throws Exception {
        byte[] link = HandmadeTar.header("a", type, 0);
        HandmadeTar.put(link, 157, "../bystander");

        refused(new HandmadeTar().list("a", "").bytes(HandmadeTar.summed(link)), "tar: a link");
    }

    @Test
    void aLinkInAPaxHeaderIsRefused() throws Exception {
        refused(
                new HandmadeTar().list("a", "1").pax("linkpath", "../bystander").block("a", '0', bytes("1")),
                "tar: a link");
    }

    @ParameterizedTest
    @ValueSource(chars = {'3', '4', '6', '7', 'S', 'g', 'X', 'D', 'M', 'V', 'N', 'A'})
    void whatIsNoFileIsRefused(char type) throws Exception {
        refused(new HandmadeTar().list("a", "").block("a", type, new byte[0]), "tar: a");
    }

    @Test
    void sparseFilesAreRefusedInEachOfTheirForms() throws Exception {
        byte[] old = HandmadeTar.header("a", 'S', 0);
        HandmadeTar.put(old, 386, "00000000000\00000000001000\0");
        HandmadeTar.put(old, 483, "77777777777\0");

        refused(new HandmadeTar().list("a", "").bytes(HandmadeTar.summed(old)), "tar: a sparse file");
        refused(
                new HandmadeTar()
                        .list("a", "")
                        .pax("GNU.sparse.major", "1", "GNU.sparse.minor", "0", "GNU.sparse.realsize", "8589934592")
                        .block("a", '0', new byte[0]),
                "tar: a sparse file");
        refused(
                new HandmadeTar()
                        .list("a", "")
                        .pax("GNU.sparse.map", "0,1,8589934592,1")
                        .block("a", '0', new byte[0]),
                "tar: a sparse file");
    }

    @Test
    void aDirectoryIsPassedOnceAndOnlyWhereItLeadsToAFile() throws Exception {
        byte[] none = new byte[0];

        new HandmadeTar().block("d/", '5', none).file("d/a", "1").seal().restore(destination);
        assertThat(destination.resolve("d/a")).hasContent("1");
        refused(new HandmadeTar().block("e/", '5', none).file("d/a", "1"), "directory: 'e'");
        refused(new HandmadeTar().block("d/", '5', none).block("d", '5', none).file("d/a", "1"), "directory: 'd'");
        refused(new HandmadeTar().block("../", '5', none).file("d/a", "1"), "path: '..'");
        refused(
                new HandmadeTar()
                        .bytes(HandmadeTar.header("d/", '5', 512))
                        .bytes(new byte[512])
                        .file("d/a", "1"),
                "");
    }

    @ParameterizedTest
    @ValueSource(chars = {'x', 'L'})
    void aHeaderOfMoreThanOneMebibyteIsRefusedBeforeItIsRead(char type) throws Exception {
        HandmadeTar tar = new HandmadeTar().list("a", "").bytes(HandmadeTar.header("x", type, 1 << 30));

        refused(tar, "tar: a header of 1073741824 bytes (expected: <= 1048576)");
    }

    @Test
    void aHeaderWithALengthOfAnotherFormIsRefused() throws Exception {
        byte[] binary = HandmadeTar.header("x", 'x', 0);
        Arrays.fill(binary, 124, 136, (byte) 0x7f);
        binary[124] = (byte) 0x80;

        refused(new HandmadeTar().list("a", "").bytes(HandmadeTar.summed(binary)), "tar: a malformed number");
    }

    @Test
    void manyHeadersForOneEntryAreRefused() throws Exception {
        HandmadeTar tar = new HandmadeTar().list("a", "");
        for (int i = 0; i < 10_000; i++) {
            tar.pax("comment", "x");
        }

        refused(tar.block("a", '0', new byte[0]), "tar: several headers for one entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "5 a=",
                "99 path=a\n",
                "0 a=b\n",
                "-1 a=b\n",
                "7 path\n",
                "9999999999 a=b\n",
                "8 path=a\n",
                " a=b\n"
            })
    void aMalformedPaxHeaderIsRefused(String records) throws Exception {
        refused(
                new HandmadeTar().list("a", "").block("x", 'x', bytes(records)).block("a", '0', new byte[0]),
                "tar: a malformed PAX header");
    }

    @Test
    void aPaxHeaderThatContradictsItselfIsRefused() throws Exception {
        refused(
                new HandmadeTar().list("a", "").pax("path", "a", "path", "b").block("a", '0', new byte[0]),
                "tar: a PAX header that says a thing twice");
        refused(new HandmadeTar().list("a", "").pax("size", "-1").block("a", '0', new byte[0]), "");
        refused(new HandmadeTar().list("a", "").pax("size", "many").block("a", '0', new byte[0]), "");
    }

    @Test
    void aLengthInAPaxHeaderIsHeldAgainstTheList() throws Exception {
        refused(
                new HandmadeTar()
                        .list("a", "1")
                        .pax("size", "9223372036854775807")
                        .block("a", '0', bytes("1")),
                "file: 'a' has 9223372036854775807 bytes (expected: 1)");
    }

    @Test
    void moreEntriesThanExpectedAreRefused() throws Exception {
        refused(new HandmadeTar().file("a", "1").file("b", "2").expecting(1), "entries: 2 (expected: 1)");
        refused(new HandmadeTar().file("a", "1").expecting(2), "entries: 1 (expected: 2)");
        refused(
                new HandmadeTar().file("a", "1").block("b", '0', bytes("2")),
                "file: 'b' is there twice, or not listed");
    }

    @Test
    void aListThatDisagreesWithTheEntriesIsRefused() throws Exception {
        refused(new HandmadeTar().file("a", "1").list("b", "2"), "file: 'b' is missing");
        refused(new HandmadeTar().list("a", "12").block("a", '0', bytes("1")), "file: 'a' has 1 bytes (expected: 2)");
        refused(
                new HandmadeTar()
                        .file("b", "1")
                        .listRaw("{\"path\":\"a\",\"bytes\":1}", "00000000")
                        .block("a", '0', bytes("1")),
                "file: 'a' is damaged");
    }

    @Test
    void moreRawBytesThanExpectedAreNotWritten() throws Exception {
        HandmadeTar tar = new HandmadeTar().file("a", "x".repeat(1 << 20));
        SealedArchive good = tar.seal();
        ArchiveSummary less = new ArchiveSummary(
                good.expected().bytes(),
                good.expected().sha256(),
                4096,
                1,
                good.expected().contentSha256());

        assertThatThrownBy(() -> new SealedArchive(good.bytes(), less).restore(destination))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessage("archive: more raw bytes (expected: 4096)");
        assertThat(destination.resolve("a")).isEmptyFile();
    }

    @Test
    void moreRawBytesBehindTheLastFileAreRefused() throws Exception {
        SealedArchive good = new HandmadeTar().file("a", "1").seal();
        SealedArchive longer =
                new HandmadeTar().file("a", "1").end(new byte[1 << 20]).seal();
        ArchiveSummary expected = new ArchiveSummary(
                longer.expected().bytes(),
                longer.expected().sha256(),
                good.expected().rawBytes(),
                1,
                longer.expected().contentSha256());

        assertThatThrownBy(() -> new SealedArchive(longer.bytes(), expected).restore(destination))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageStartingWith("archive: more raw bytes");
    }

    @Test
    void whatFollowsTheEndOfTheTarIsRefused() throws Exception {
        byte[] end = new byte[2048];
        end[1500] = 1;

        refused(new HandmadeTar().file("a", "1").end(end), "tar: something follows its end");
        end[1500] = 0;
        end[600] = 1;
        refused(new HandmadeTar().file("a", "1").end(end), "tar: something follows its end");
    }

    @Test
    void aTarWithoutItsEndIsRefused() throws Exception {
        refused(new HandmadeTar().file("a", "1").end(new byte[0]), "tar: cut short");
        refused(new HandmadeTar().file("a", "1").end(new byte[512]), "tar: cut short");
        refused(new HandmadeTar().file("a", "1").end(new byte[100]), "tar: cut short");
    }

    @Test
    void aDamagedHeaderIsRefused() throws Exception {
        byte[] header = HandmadeTar.header("a", '0', 0);
        header[0] = 'b';

        refused(new HandmadeTar().list("b", "").bytes(header), "tar: a damaged header");
    }

    @Test
    void severalFramesAreRead() throws Exception {
        HandmadeTar tar = new HandmadeTar().file("a", "1");
        byte[] raw = tar.raw();
        byte[] first = HandmadeTar.compress(Arrays.copyOf(raw, 1024));
        byte[] second = HandmadeTar.compress(Arrays.copyOfRange(raw, 1024, raw.length));

        tar.seal(concat(first, second)).verify();
    }

    @Test
    void whatIsNoFrameBehindAFrameIsRefused() throws Exception {
        HandmadeTar tar = new HandmadeTar().file("a", "1");
        byte[] whole = HandmadeTar.compress(tar.raw());
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};

        refused(tar, concat(whole, skippable), "zstd: another format");
        refused(tar, concat(skippable, whole), "zstd: another format");
        refused(tar, concat(whole, new byte[] {0}), "archive: malformed or cut short");
        refused(tar, concat(whole, Arrays.copyOf(whole, 4)), "zstd: cut short");
        refused(tar, concat(whole, Arrays.copyOf(whole, whole.length - 1)), "archive: more raw bytes");
    }

    @Test
    void aFrameWithoutChecksumIsRefused() throws Exception {
        HandmadeTar tar = new HandmadeTar().file("a", "1");
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            refused(tar, zstd.setChecksum(false).compress(tar.raw()), "zstd: a frame without checksum");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x69, 0x88, 0xff})
    void aFrameThatDemandsAHugeWindowIsRefused(int window) throws Exception {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x04, (byte) window, 1, 0, 0, 0, 0, 0, 0};

        refused(new HandmadeTar(), frame, "zstd: a window of ");
    }

    @Test
    void aFrameOfOneSegmentThatDemandsTooMuchIsRefused() throws Exception {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xa4, 0, 0, 0, 0x40, 1, 0, 0, 0, 0, 0, 0};
        byte[] negative = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe4, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 0};

        refused(new HandmadeTar(), frame, "zstd: a window of 1073741824 bytes");
        refused(new HandmadeTar(), negative, "zstd: a window of 18446744073709551615 bytes");
    }

    @Test
    void aFrameWithADictionaryOrOfAnotherKindIsRefused() throws Exception {
        byte[] dictionary = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x05, 0, 1, 1, 0, 0};
        byte[] reserved = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x0c, 0, 1, 1, 0, 0};

        refused(new HandmadeTar(), dictionary, "zstd: a frame that needs a dictionary");
        refused(new HandmadeTar(), reserved, "zstd: a frame of another kind");
    }

    @Test
    void anArchiveWithoutItsFirstEntryIsRefused() throws Exception {
        refused(new HandmadeTar().first(new byte[0]).file("a", "1"), "first entry: another, or none");
        refused(new HandmadeTar().first(new byte[0]), "first entry: another, or none");
        refused(
                new HandmadeTar().first(HandmadeTar.header(HeaderDocument.ENTRY + "/", '5', 0)),
                "first entry: another");
    }

    @Test
    void aFirstEntryThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        byte[] large = HandmadeTar.header(HeaderDocument.ENTRY, '0', (16 << 20) + 1);
        byte[] largeForSoFewFiles = HandmadeTar.header(HeaderDocument.ENTRY, '0', 2 << 20);

        refused(new HandmadeTar().first(large).expecting(1 << 20), "__outrigger_metadata__.json: 16777217 bytes");
        refused(new HandmadeTar().first(largeForSoFewFiles).expecting(1), "__outrigger_metadata__.json: 2097152 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format_version\":2}",
                "{\"format_version\":1,\"compression\":\"none\"}",
                "{\"format_version\":1,\"format_version\":1}"
            })
    void aFirstEntryThatIsNoneIsRefused(String json) throws Exception {
        refused(new HandmadeTar().first(HandmadeTar.document(json)), "__outrigger_metadata__.json: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":0|\"id\":-1",
                "\"id\":0|\"id\":2147483648",
                "\"id\":0|\"id\":\"0\"",
                "\"table\":\"t\"|\"table\":\"\"",
                "\"table\":\"t\"|\"range_start\":\"a\",\"table\":\"t\"",
                "\"table\":\"t\"|\"term\":-2,\"table\":\"t\"",
                "2026-11-21|yesterday",
                "\"bytes\":1|\"bytes\":-1",
                "\"bytes\":1|\"size\":1",
                "\"files\":[|\"files\":[1,"
            })
    void aFirstEntryWithWrongValuesIsRefused(String change) throws Exception {
        String[] fromTo = change.split("\\|");
        HandmadeTar tar = new HandmadeTar().file("a", "1");
        String json = tar.json();
        assertThat(json).contains(fromTo[0]);

        refused(tar.first(HandmadeTar.document(json.replace(fromTo[0], fromTo[1]))), "__outrigger_metadata__.json: ");
    }

    @Test
    void anArchiveWithoutItsLastEntryIsRefused() throws Exception {
        byte[] good = HandmadeTar.checksums("{\"crc32c\":[\"90f599e3\"]}");
        byte[] directory = HandmadeTar.header(Checksums.ENTRY + "/", '5', 0);

        refused(new HandmadeTar().file("a", "1").last(new byte[0]), "last entry: another");
        refused(new HandmadeTar().file("a", "1").last(directory), "directory: '__outrigger_checksums__.json'");
        refused(new HandmadeTar().bytes(good).file("a", "1"), "file: 'a' is missing");
        refused(new HandmadeTar().file("a", "1").bytes(good), "last entry: another");
        refused(
                new HandmadeTar().file("a", "1").bytes(good).last(HandmadeTar.header("b", '0', 0)),
                "last entry: another");
    }

    @Test
    void aLastEntryThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        byte[] large = HandmadeTar.header(Checksums.ENTRY, '0', 2000);

        refused(new HandmadeTar().file("a", "1").last(large), "__outrigger_checksums__.json: 2000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"crc32c\":{}}",
                "{\"crc32c\":[]}",
                "{\"crc32c\":[1]}",
                "{\"crc32c\":[\"90f599e\"]}",
                "{\"crc32c\":[\"-0f599e3\"]}",
                "{\"crc32c\":[\"90f599e3\",\"90f599e3\"]}",
                "{\"crc32c\":[\"90f599e3\"],\"crc32c\":[]}"
            })
    void aLastEntryWithoutAChecksumForEachFileIsRefused(String json) throws Exception {
        HandmadeTar tar = new HandmadeTar().file("a", "1").last(HandmadeTar.checksums(json));

        refused(tar, "__outrigger_checksums__.json: ");
    }

    @Test
    void aMessageHoldsNoControlCharacterAndIsNotLong() throws Exception {
        SealedArchive archive = new HandmadeTar()
                .list("\\u001b[31m\\u202e" + "x".repeat(5000), "")
                .seal();

        assertThatThrownBy(() -> archive.restore(destination))
                .message()
                .hasSizeLessThan(300)
                .matches("[\\P{C}]*");
    }

    @Test
    void aLinkInTheDestinationIsNotFollowed() throws Exception {
        SealedArchive archive = new HandmadeTar().file("d/a", "1").seal();
        Files.createSymbolicLink(destination.resolve("d"), outside);

        assertThatThrownBy(() -> archive.restore(destination)).isNotInstanceOf(CorruptArchiveException.class);
    }

    private void refused(HandmadeTar tar, String message) throws Exception {
        refused(tar.seal(), message);
    }

    private void refused(HandmadeTar tar, byte[] compressed, String message) throws Exception {
        refused(tar.seal(compressed), message);
    }

    private void refused(SealedArchive archive, String message) throws IOException {
        for (ArchiveDestination into :
                List.of(ArchiveDestination.nowhere(), ArchiveDestination.directory(freshDirectory()))) {
            assertThatThrownBy(() -> archive.read(into))
                    .isInstanceOf(CorruptArchiveException.class)
                    .hasMessageContaining(message);
        }
    }

    private Path freshDirectory() throws IOException {
        return Files.createTempDirectory(destination, "fresh");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(a);
        both.writeBytes(b);
        return both.toByteArray();
    }
}
