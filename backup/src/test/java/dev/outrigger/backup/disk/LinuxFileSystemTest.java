package dev.outrigger.backup.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxFileSystemTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @Test
    void isThereWhereItCanBeReliedOn() throws Exception {
        boolean reliable = System.getProperty("os.name").equals("Linux")
                && LinuxFileSystem.tellsOfFailures(System.getProperty("os.version"))
                && Set.of("btrfs", "ext4", "xfs")
                        .contains(Files.getFileStore(directory).type());

        try (Opened opened = new Opened(directory)) {
            assertThat(opened.is()).isEqualTo(reliable);
        }
    }

    @Test
    void bringsItselfToDiskAndLeavesNoDescriptorOpen() throws Exception {
        try (Opened opened = new Opened(directory)) {
            assumeTrue(opened.is(), "the temporary directory is on no file system that is relied on");
            assertThat(descriptorsOf(directory)).isEqualTo(1);
            Files.writeString(directory.resolve("f"), "content");

            opened.sync();
            opened.sync();
        }
        assertThat(descriptorsOf(directory)).isZero();
    }

    @Test
    void isNotThereForADirectoryThatIsMissing() {
        assertThat(LinuxFileSystem.of(directory.resolve("missing"))).isEmpty();
    }

    @Test
    void isNotThereForWhatIsNoFileSystemOfLinux() throws Exception {
        Path zip = directory.resolve("f.zip");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThat(LinuxFileSystem.of(inside.getPath("/"))).isEmpty();
        }
        assumeTrue(Files.isDirectory(DESCRIPTORS), "there is no /proc");
        assertThat(LinuxFileSystem.of(DESCRIPTORS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.8.0", "5.8-rc1", "5.15.0-91-generic", "6.1.0", "10.0.1"})
    void aKernelThatTellsOfFailuresIsReliedOn(String version) {
        assertThat(LinuxFileSystem.tellsOfFailures(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.7.19", "4.18.0-553.el8.x86_64", "3.10.0", "", "6", "six.one.0", "99999999999.1.0"})
    void anyOtherIsNot(String version) {
        assertThat(LinuxFileSystem.tellsOfFailures(version)).isFalse();
    }

    private static long descriptorsOf(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(link -> leadsTo(link, directory)).count();
        }
    }

    private static boolean leadsTo(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).equals(directory);
        } catch (IOException e) {
            return false; // The one that lists them is gone meanwhile.
        }
    }

    /** A file system, if there is one. */
    private static final class Opened implements AutoCloseable {

        private final Optional<FileSystemSync> whole;

        Opened(Path directory) {
            whole = LinuxFileSystem.of(directory);
        }

        boolean is() {
            return whole.isPresent();
        }

        void sync() throws IOException {
            whole.orElseThrow().sync();
        }

        @Override
        public void close() {
            whole.ifPresent(FileSystemSync::close);
        }
    }
}
