package dev.outrigger.backup.archive;

import static dev.outrigger.backup.archive.SealedArchive.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outrigger.backup.spi.ShardFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * GNU tar and zstd read what is written here, and write what is read here. Skipped where they are missing, unless the environment variable
 * {@code OUTRIGGER_REQUIRE_CLIENTS} is {@code true}.
 */
class ForeignToolsTest {

    private static final ShardFile[] FILES = {
        file("000001.sst", 100_000),
        file("CURRENT", "MANIFEST-000002\n".getBytes(UTF_8)),
        file("empty", 0),
        file("sub/dir/deep", 513),
        file("sub/" + "n".repeat(200), 7),
        file("sub/grün", 12)
    };

    @TempDir
    private Path directory;

    @BeforeEach
    void need() {
        for (String program : List.of("tar", "zstd")) {
            boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
            if (!there && "true".equals(System.getenv("OUTRIGGER_REQUIRE_CLIENTS"))) {
                fail(program + " is not installed, and OUTRIGGER_REQUIRE_CLIENTS is true");
            }
            assumeTrue(there, program + " is not installed");
        }
    }

    @Test
    void tarListsAnArchive() throws Exception {
        Files.write(directory.resolve("a.tar.zst"), SealedArchive.of(FILES).bytes());

        assertThat(shell("zstd -dc a.tar.zst | tar tv --numeric-owner --quoting-style=literal --full-time | tr -s ' '"))
                .isEqualTo("""
                        -rw------- 0/0 644 1970-01-01 00:00:00 __outrigger_metadata__.json
                        -rw------- 0/0 100000 1970-01-01 00:00:00 000001.sst
                        -rw------- 0/0 16 1970-01-01 00:00:00 CURRENT
                        -rw------- 0/0 0 1970-01-01 00:00:00 empty
                        -rw------- 0/0 513 1970-01-01 00:00:00 sub/dir/deep
                        -rw------- 0/0 12 1970-01-01 00:00:00 sub/grün
                        -rw------- 0/0 7 1970-01-01 00:00:00 sub/%s
                        -rw------- 0/0 78 1970-01-01 00:00:00 __outrigger_checksums__.json
                        """.formatted("n".repeat(200)));
    }

    @Test
    void tarUnpacksAnArchive() throws Exception {
        Files.write(directory.resolve("a.tar.zst"), SealedArchive.of(FILES).bytes());

        assertThat(shell("mkdir out && zstd -dc a.tar.zst | tar x -C out")).isEmpty();

        holdsTheFiles(directory.resolve("out"));
    }

    @Test
    void rawBytesAreWhatZstdSaysTheyAre() throws Exception {
        SealedArchive archive = SealedArchive.of(FILES);
        Files.write(directory.resolve("a.tar.zst"), archive.bytes());

        assertThat(shell("zstd -dc a.tar.zst | wc -c").strip())
                .isEqualTo(Long.toString(archive.expected().rawBytes()));
        assertThat(shell("sha256sum < a.tar.zst")).startsWith(archive.expected().sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar c --format=posix -H posix __outrigger_metadata__.json 000001.sst CURRENT empty sub __outrigger_checksums__.json",
                "tar c --format=gnu __outrigger_metadata__.json sub empty CURRENT 000001.sst __outrigger_checksums__.json",
                "tar c --no-recursion -b 1 __outrigger_metadata__.json $(find * -type f ! -name '__*') __outrigger_checksums__.json",
                "tar c --format=posix --owner=someone:1000 --group=others:1000 --mtime=@1.5 --mode=0777 __outrigger_metadata__.json 000001.sst CURRENT empty sub __outrigger_checksums__.json"
            })
    void whatTarPacksAgainIsRestored(String tar) throws Exception {
        Files.write(directory.resolve("a.tar.zst"), SealedArchive.of(FILES).bytes());
        shell("mkdir unpacked && zstd -dc a.tar.zst | tar x -C unpacked");
        shell("cd unpacked && " + tar + " > ../again.tar && cd .. && zstd -q again.tar");

        SealedArchive again = described(directory.resolve("again.tar"), directory.resolve("again.tar.zst"));
        Path restored = Files.createDirectory(directory.resolve("restored"));

        assertThat(again.restore(restored)).isEqualTo(SealedArchive.HEADER);
        holdsTheFiles(restored);
    }

    private static SealedArchive described(Path tar, Path compressed) throws Exception {
        byte[] raw = Files.readAllBytes(tar);
        byte[] bytes = Files.readAllBytes(compressed);
        int contentBegins = 512 + (int) roundedUp(Long.parseLong(new String(raw, 124, 11, UTF_8), 8));
        if (raw[156] == 'x') {
            contentBegins += 512 + (int) roundedUp(Long.parseLong(new String(raw, contentBegins + 124, 11, UTF_8), 8));
        }
        return new SealedArchive(
                bytes,
                new ArchiveSummary(
                        bytes.length,
                        HandmadeTar.sha256(bytes),
                        raw.length,
                        FILES.length,
                        HandmadeTar.sha256(Arrays.copyOfRange(raw, contentBegins, raw.length))));
    }

    private static long roundedUp(long bytes) {
        return (bytes + 511) / 512 * 512;
    }

    private static void holdsTheFiles(Path where) throws Exception {
        for (ShardFile file : FILES) {
            assertThat(where.resolve(file.path()))
                    .hasBinaryContent(file.opener().open().readAllBytes());
        }
    }

    private String shell(String command) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", "-c", "set -e; " + command));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
