package dev.outrigger.backup.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationRootsTest {

    @TempDir
    private Path temporary;

    private Path root;
    private Path outside;
    private LocationRoots roots;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("root"));
        outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        roots = LocationRoots.parse(List.of("file://" + root, "s3://backups/prod/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://backups/prod", "s3://backups/prod/", "s3://backups/prod/a/b"})
    void aPrefixAtOrUnderARootIsAllowed(String location) {
        assertThatCode(() -> roots.check(Location.parse(location))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://backups",
                "s3://backups/",
                "s3://backups/production",
                "s3://backups/test",
                "s3://backups2/prod",
                "file:///etc",
                "file:///tmp",
            })
    void anythingElseIsNot(String location) {
        assertNotAllowed(location);
    }

    @Test
    void aRefusalNamesTheLocationAndNoRoot() {
        assertThatThrownBy(() -> roots.check(Location.parse("s3://others/x/")))
                .hasMessage("location: s3://others/x (expected: one at or under a configured root)");
    }

    @Test
    void withoutARootNothingIsAllowed() {
        LocationRoots none = LocationRoots.of(List.of());
        assertThatThrownBy(() -> none.check(Location.parse("s3://backups/prod")))
                .isInstanceOf(LocationNotAllowedException.class);
        assertThatThrownBy(() -> none.check(new FileLocation(root.toString())))
                .isInstanceOf(LocationNotAllowedException.class);
    }

    @Test
    void aDirectoryUnderARootNeedNotBeThere() throws IOException {
        assertThat(resolve(root)).isEqualTo(root);
        assertThat(resolve(root.resolve("a/b"))).isEqualTo(root.resolve("a/b"));
        assertNotAllowed("file://" + root + "2");
        assertNotAllowed("file://" + outside + "/a");
    }

    @Test
    void aLinkThatLeadsOutIsRefusedWhereverItStands() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("again"), root.resolve("out"));
        assertNotAllowed("file://" + root + "/out");
        assertNotAllowed("file://" + root + "/out/a/b");
        assertNotAllowed("file://" + root + "/up");
        assertNotAllowed("file://" + root + "/up/outside");
        assertNotAllowed("file://" + root + "/again/a");
    }

    @Test
    void aLinkToNothingIsRefusedSinceItMayComeToLeadOut() throws IOException {
        Files.createSymbolicLink(root.resolve("later"), outside.resolve("later"));
        assertNotAllowed("file://" + root + "/later");
        assertNotAllowed("file://" + root + "/later/a");
    }

    @Test
    void aDirectoryThatIsMadeAtThisMomentIsNotTakenForALinkToNothing() throws Exception {
        Path coming = root.resolve("coming");
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> making = other.submit(() -> {
                while (!done.get()) {
                    Files.createDirectory(coming);
                    Files.delete(coming);
                }
                return null;
            });
            for (int i = 0; i < 20_000; i++) {
                assertThat(resolve(coming.resolve("a"))).isEqualTo(coming.resolve("a"));
            }
            done.set(true);
            making.get();
        } finally {
            done.set(true);
            other.shutdownNow();
        }
    }

    @Test
    void aCircleOfLinksIsAnError() throws IOException {
        Files.createSymbolicLink(root.resolve("a"), root.resolve("b"));
        Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));
        assertThatThrownBy(() -> resolve(root.resolve("a"))).isInstanceOf(IOException.class);
    }

    @Test
    void aLinkThatStaysInsideIsFollowed() throws IOException {
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.createSymbolicLink(root.resolve("alias"), inside);
        Files.createSymbolicLink(outside.resolve("way-in"), inside);
        assertThat(resolve(root.resolve("alias/x"))).isEqualTo(inside.resolve("x"));
        assertThat(resolve(outside.resolve("way-in"))).isEqualTo(inside);
    }

    @Test
    void aRootMayBeALinkItself() throws IOException {
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"), root);
        LocationRoots byAlias = LocationRoots.of(List.of(new FileLocation(alias.toString())));
        assertThat(byAlias.resolve(new FileLocation(alias + "/a"))).isEqualTo(root.resolve("a"));
        assertThat(byAlias.resolve(new FileLocation(root + "/a"))).isEqualTo(root.resolve("a"));
    }

    @Test
    void aRootThatIsNotThereIsAnErrorOfTheHost() throws IOException {
        Files.delete(root);
        assertThatThrownBy(() -> resolve(root.resolve("a")))
                .isNotInstanceOf(LocationNotAllowedException.class)
                .hasMessage("root: file://" + root + " (expected: a directory that is there)");
        assertNotAllowed("file://" + outside);
    }

    private Path resolve(Path directory) throws IOException {
        return roots.resolve(new FileLocation(directory.toString()));
    }

    private void assertNotAllowed(String location) {
        assertThatThrownBy(() -> roots.check(Location.parse(location))).isInstanceOf(LocationNotAllowedException.class);
    }
}
