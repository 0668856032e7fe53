package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class TarLayoutTest {

    private static final List<String> NAMES = List.of(
            "a",
            "000/000001.dat",
            HeaderDocument.ENTRY,
            Checksums.ENTRY,
            "n".repeat(98),
            "n".repeat(99),
            "n".repeat(100),
            "d".repeat(60) + "/" + "f".repeat(60),
            "grün",
            "数据/文件");

    @Test
    void everyHeaderIsTheLibrarysToTheByte() throws Exception {
        TarLayout layout = new TarLayout();
        for (String name : NAMES) {
            for (long bytes : new long[] {0, 1, 511, 8192, 077777777777L, 0100000000000L, 1L << 40}) {
                assertThat(layout.header(name, bytes))
                        .as("%s, %d bytes", name, bytes)
                        .isEqualTo(byLibrary(name, bytes));
            }
        }
    }

    private static byte[] byLibrary(String name, long bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        entry.setMode(0600);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        @SuppressWarnings("resource") // To close it would end the tar.
        TarArchiveOutputStream tar = new TarArchiveOutputStream(blocks, 512, UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        tar.putArchiveEntry(entry);
        return blocks.toByteArray();
    }
}
