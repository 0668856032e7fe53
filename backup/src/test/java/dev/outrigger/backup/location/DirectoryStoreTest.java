package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ObjectStoreContract {

    private static final ObjectName NAME = new ObjectName("b1-cluster-metadata.json");
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    @TempDir
    private Path temporary;

    private Path root;
    private Path directory;

    @BeforeEach
    void makeRoot() throws IOException {
        root = temporary.toRealPath();
        directory = root.resolve("node/backups");
    }

    @Override
    ObjectStore open() throws IOException {
        Path real = temporary.toRealPath();
        return new DirectoryStore(
                new FileLocation(real + "/node/backups"), LocationRoots.of(List.of(new FileLocation(real.toString()))));
    }

    @Test
    void readingMakesNoDirectory() throws IOException {
        store().list("", "", 1);
        store().stat(NAME);
        store().removeUnfinished("", false);
        store().delete(NAME);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatIsMadeIsForItsOwnerOnly() throws IOException {
        store().putIfAbsent(NAME, HELLO);
        assertThat(mode(root.resolve("node"))).isEqualTo("rwx------");
        assertThat(mode(directory)).isEqualTo("rwx------");
        assertThat(mode(directory.resolve(NAME.value()))).isEqualTo("rw-------");
    }

    @Test
    void anObjectBeingWrittenIsAHiddenFileThatTellsItsName() throws IOException {
        try (ObjectSink sink = store().create(NAME)) {
            sink.write(HELLO);
            assertThat(files())
                    .singleElement()
                    .asString()
                    .matches("\\.b1-cluster-metadata\\.json\\.[0-9a-f]{16}\\.part");
            sink.commit();
            assertThat(files()).containsExactly(NAME.value());
        }
    }

    @Test
    void whoeverComesSecondIsToldSoEvenIfWhatWasUnfinishedIsGone() throws IOException {
        try (ObjectSink second = store().create(NAME)) {
            second.write(HELLO);
            store().putIfAbsent(NAME, HELLO);
            assertThat(store().removeUnfinished(NAME.value(), false)).isOne();
            assertThatThrownBy(second::commit).isInstanceOf(ObjectExistsException.class);
        }
        assertThat(files()).containsExactly(NAME.value());
    }

    @Test
    void whatIsNotOursIsNeitherListedNorRemoved() throws IOException {
        store().putIfAbsent(NAME, HELLO);
        Files.createFile(directory.resolve(".hidden"));
        Files.createFile(directory.resolve(".b1-cluster-metadata.json.part"));
        Files.createFile(directory.resolve("with space"));
        Files.createDirectory(directory.resolve("lost+found"));
        assertThat(store().list("", "", 10)).extracting(StoredObject::name).containsExactly(NAME);
        assertThat(store().removeUnfinished("", false)).isZero();
        assertThat(files()).hasSize(5);
    }

    @Test
    void aProbeRemovesWhatOneOfItsOwnerHasLeft() throws Exception {
        ObjectName left = new StoreProbe(store(), "node-1").newName();
        ObjectName anothers = new StoreProbe(store(), "node-2").newName();
        write(left, HELLO);
        write(anothers, HELLO);
        TemporaryFile.create(directory, left); // and not closed
        store().probe("node-1");
        assertThat(store().stat(left)).isEmpty();
        assertThat(store().stat(anothers)).isPresent();
        assertThat(files()).containsExactly(anothers.value());
    }

    @Test
    void aLinkAtANameIsNoObjectAndIsNotFollowed() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "not to be read");
        store().probe("node-1");
        Path link = Files.createSymbolicLink(directory.resolve(NAME.value()), secret);
        assertThat(store().stat(NAME)).isEmpty();
        assertThat(store().read(NAME)).isEmpty();
        assertThat(store().list("", "", 10)).isEmpty();
        assertThatThrownBy(() -> store().putIfAbsent(NAME, HELLO)).isInstanceOf(ObjectExistsException.class);
        store().delete(NAME);
        assertThat(link).isSymbolicLink();

        store().replace(NAME, HELLO);
        assertThat(link).isRegularFile().hasContent("hello");
        assertThat(secret).hasContent("not to be read");
    }

    @Test
    void aLinkToNothingTakesANameToo() throws IOException {
        store().probe("node-1");
        Files.createSymbolicLink(directory.resolve(NAME.value()), root.resolve("nothing"));
        assertThatThrownBy(() -> store().putIfAbsent(NAME, HELLO)).isInstanceOf(ObjectExistsException.class);
        assertThat(root.resolve("nothing")).doesNotExist();
    }

    @Test
    void aLinkThatReplacesTheDirectoryIsRefusedAtTheNextUse(@TempDir Path elsewhere) throws IOException {
        store().putIfAbsent(NAME, HELLO);
        Files.move(directory, root.resolve("moved"));
        Files.createSymbolicLink(directory, elsewhere.toRealPath());
        ObjectName another = new ObjectName("another");
        assertThatThrownBy(() -> store().putIfAbsent(another, HELLO)).isInstanceOf(LocationNotAllowedException.class);
        assertThatThrownBy(() -> store().replace(another, HELLO)).isInstanceOf(LocationNotAllowedException.class);
        assertThatThrownBy(() -> store().read(NAME)).isInstanceOf(LocationNotAllowedException.class);
        assertThatThrownBy(() -> store().list("", "", 1)).isInstanceOf(LocationNotAllowedException.class);
        assertThatThrownBy(() -> store().delete(NAME)).isInstanceOf(LocationNotAllowedException.class);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFileWhereADirectoryShouldBeIsAnError() throws IOException {
        Files.createDirectory(root.resolve("node"));
        Files.createFile(directory);
        assertThatThrownBy(() -> store().putIfAbsent(NAME, HELLO)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().list("", "", 1)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatShrinksWhileItIsReadFailsTheReader() throws IOException {
        store().putIfAbsent(NAME, content(100_000));
        try (InputStream in = store().read(NAME).orElseThrow()) {
            in.readNBytes(10);
            Files.write(directory.resolve(NAME.value()), HELLO, StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(EOFException.class)
                    .hasMessageStartingWith("object: b1-cluster-metadata.json ended ")
                    .hasMessageEndingWith(" bytes early (expected: 100000 bytes)");
        }
    }

    @Test
    void aFileThatIsChangedOrReplacedHasAnotherVersion() throws IOException {
        StoredObject before = store().putIfAbsent(NAME, HELLO);
        Path file = directory.resolve(NAME.value());
        Path copy = Files.copy(file, root.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(file);
        Files.createFile(root.resolve("takes-the-inode"));
        Files.move(copy, file);
        assertThat(store().stat(NAME).orElseThrow().version()).isNotEqualTo(before.version());
    }

    @Test
    void aFileSystemWithoutHardLinksIsKnownByItsRefusal() {
        assertThat(DiskErrors.isWithoutHardLinks(new FileSystemException("a", "b", "Operation not permitted")))
                .isTrue();
        assertThat(DiskErrors.isWithoutHardLinks(new FileSystemException("a", "b", "Operation not supported")))
                .isTrue();
        assertThat(DiskErrors.isWithoutHardLinks(new FileSystemException("a", "b", "Input/output error")))
                .isFalse();
    }

    @Test
    void ofTwoProcessesThatTakeANameOneWins() throws Exception {
        int names = 200;
        List<Process> processes = new ArrayList<>();
        for (String writer : List.of("one", "two")) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RacingWriter.class.getName(),
                            root.toString(),
                            writer,
                            String.valueOf(names))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        List<String> won = new ArrayList<>();
        for (Process process : processes) {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
        }
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        for (Process process : processes) {
            won.addAll(process.inputReader().lines().toList());
            assertThat(process.waitFor()).isZero();
        }
        assertThat(won).hasSize(names).doesNotHaveDuplicates();
        assertThat(files()).hasSize(names).containsExactlyInAnyOrderElementsOf(won);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
