package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarEntriesTest {

    private static final byte[] END = new byte[2 * TarHeader.BYTES];

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 8192, TarHeader.MAX_FILE_BYTES})
    void whatWeWriteForAShortNameIsReadOffOneBlock(long bytes) throws Exception {
        for (String name : new String[] {"a", "000/000001.dat", "n".repeat(TarHeader.MAX_NAME_BYTES)}) {
            byte[] block = new TarLayout().header(name, bytes);

            assertThat(new TarHeader(block).isPlain()).as(name).isTrue();
            assertThat(new TarHeader(block).plainEntry()).isEqualTo(byLibrary(block));
            assertThat(entries(block).next()).isEqualTo(new TarEntry(name, false, bytes));
        }
    }

    @Test
    void whatTarWritesForAShortNameIsReadOffOneBlock() {
        byte[] block = changed(header("a", 5), bytes -> bytes[135] = 0);

        assertThat(new TarHeader(block).isPlain()).isTrue();
    }

    @Test
    void whatIsSaidInAnotherFormIsReadAsTheLibraryReadsIt() throws Exception {
        byte[][] blocks = {
            header("d/", 0), // A directory, though it says that it is a file.
            header("gr\u00fcn", 5),
            changed(header("a", 5), bytes -> bytes[345] = 'p'), // Its name goes on in the prefix.
            changed(header("a", 5), bytes -> bytes[262] = ' '), // GNU's own layout.
            changed(header("a", 5), bytes -> bytes[156] = 0), // A file, as tar said it of old.
            changed(header("a", 5), bytes -> bytes[156] = '5'),
            changed(
                    header("a", 0),
                    bytes -> { // A length in base 256.
                        Arrays.fill(bytes, 124, 136, (byte) 0);
                        bytes[124] = (byte) 0x80;
                        bytes[135] = 9;
                    }),
            changed(
                    header("a", 0),
                    bytes -> { // A length with spaces in front.
                        bytes[124] = ' ';
                        bytes[134] = '7';
                    })
        };
        for (byte[] block : blocks) {
            assertThat(new TarHeader(block).isPlain()).isFalse();
            assertThat(entries(block).next()).isEqualTo(byLibrary(block));
        }
    }

    @Test
    void aNameWithoutItsEndIsReadAsTheLibraryReadsIt() throws Exception {
        byte[] block = changed(header("n".repeat(99), 5), bytes -> bytes[99] = 'x');

        assertThat(new TarHeader(block).isPlain()).isFalse();
        assertThat(entries(block).next()).isEqualTo(new TarEntry("n".repeat(99) + "x", false, 5));
    }

    @Test
    void eachEntryIsFoundBehindTheContentOfTheOneBefore() throws Exception {
        RawInput raw = raw(
                new TarLayout().header("a", 5),
                new byte[512],
                new TarLayout().header("n".repeat(300), 512),
                new byte[512],
                new TarLayout().header("c", 0));
        TarEntries entries = new TarEntries(raw);

        assertThat(entries.next()).isEqualTo(new TarEntry("a", false, 5));
        raw.readNBytes(5);
        assertThat(entries.next()).isEqualTo(new TarEntry("n".repeat(300), false, 512));
        raw.readNBytes(512);
        assertThat(entries.next()).isEqualTo(new TarEntry("c", false, 0));
        assertThat(entries.next()).isNull();
    }

    @Test
    void aHeaderAboutNothingIsRefused() throws Exception {
        byte[] named = new TarLayout().header("n".repeat(300), 0);
        byte[] about = Arrays.copyOf(named, named.length - TarHeader.BYTES);

        assertThatThrownBy(() -> entries(about).next())
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("a header about nothing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511})
    void aTarThatEndsWithinAHeaderIsRefused(int length) {
        RawInput raw = new RawInput(new ByteArrayInputStream(header("a", 0), 0, length), 512);

        assertThatThrownBy(() -> new TarEntries(raw).next())
                .isInstanceOf(CorruptArchiveException.class)
                .hasMessageContaining("cut short");
    }

    private static TarEntries entries(byte[] headers) {
        return new TarEntries(raw(headers));
    }

    private static RawInput raw(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        all.writeBytes(END);
        return new RawInput(new ByteArrayInputStream(all.toByteArray()), all.size());
    }

    private static TarEntry byLibrary(byte[] block) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(block), 512, UTF_8.name())) {
            TarArchiveEntry entry = tar.getNextEntry();
            return new TarEntry(entry.getName(), entry.isDirectory(), entry.getSize());
        }
    }

    /** A header in one block, whatever the name. */
    private static byte[] header(String name, long bytes) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes);
        byte[] block = new byte[TarHeader.BYTES];
        entry.writeEntryHeader(block);
        return changed(block, same -> same[156] = '0');
    }

    /** A copy that was changed and has its checksum. */
    private static byte[] changed(byte[] block, Consumer<byte[]> change) {
        byte[] copy = block.clone();
        change.accept(copy);
        Arrays.fill(copy, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : copy) {
            sum += b & 0xff;
        }
        byte[] digits = "%06o".formatted(sum).getBytes(UTF_8);
        System.arraycopy(digits, 0, copy, 148, digits.length);
        copy[154] = 0;
        return copy;
    }
}
