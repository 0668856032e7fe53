package dev.outrigger.backup.archive;

import static dev.outrigger.backup.archive.SealedArchive.HEADER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderDocumentTest {

    private static final HeaderDocument DOCUMENT = new HeaderDocument(
            HEADER, List.of(new ArchivedFile(new EntryName("a"), 0), new ArchivedFile(new EntryName("b/c"), 1L << 40)));

    @Test
    void aDocumentComesBack() throws Exception {
        assertThat(HeaderDocument.decode(DOCUMENT.encode())).isEqualTo(DOCUMENT);
    }

    @Test
    void aFileThatIsNotAsItShouldBeIsRefused() {
        assertRefused("\"b/c\"", "\"../c\"", "path: '../c' (expected: names with / between them");
        assertRefused("\"bytes\":0", "\"length\":0", "bytes: missing");
        assertRefused("\"files\":[", "\"files\":[7,", "files: holds a number");
        assertRefused("\"files\":", "\"others\":", "files: missing");
    }

    @Test
    void aLaterVersionIsToldFromADamagedOne() {
        String later =
                text().replace("\"format_version\":1", "\"format_version\":2").replace("\"b/c\"", "\"../c\"");

        assertThatThrownBy(() -> HeaderDocument.decode(later.getBytes(UTF_8)))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("format_version: 2 (expected: 1)");
    }

    private static String text() {
        return new String(DOCUMENT.encode(), UTF_8);
    }

    private static void assertRefused(String part, String instead, String message) {
        assertThat(text()).contains(part);
        assertThatThrownBy(() ->
                        HeaderDocument.decode(text().replace(part, instead).getBytes(UTF_8)))
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining(message);
    }
}
