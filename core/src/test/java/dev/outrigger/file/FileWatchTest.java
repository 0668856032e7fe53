package dev.outrigger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {

    private static final Duration SOON = Duration.ofMillis(5);

    @TempDir
    private Path directory;

    private WatchedFiles<String> watched(Path... files) {
        return WatchedFiles.read("text", List.of(files), contents -> {
            StringBuilder all = new StringBuilder();
            contents.forEach(content -> all.append(new String(content)).append(';'));
            return all.toString();
        });
    }

    @Test
    void aChangeIsNoticedByTheWatch() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "old");
        WatchedFiles<String> text = watched(file);
        try (FileWatch watch = new FileWatch(List.of(text), SOON)) {
            watch.start();
            Files.writeString(file, "new");
            await().untilAsserted(() -> assertThat(text.current()).isEqualTo("new;"));
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void oneThatThrowsDoesNotKeepTheOthersFromBeingLookedAt() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "old");
        WatchedFiles<String> text = watched(file);
        Watched faulty = new Watched() {
            @Override
            public String name() {
                return "faulty";
            }

            @Override
            public void look() {
                throw new AssertionError("on purpose");
            }

            @Override
            public boolean isStale() {
                return true;
            }

            @Override
            public long failures() {
                return 1;
            }
        };
        try (FileWatch watch = new FileWatch(List.of(faulty, text), SOON)) {
            watch.start();
            Files.writeString(file, "new");
            await().untilAsserted(() -> assertThat(text.current()).isEqualTo("new;"));
        }
    }

    @Test
    void withoutAnythingToWatchThereIsNoThread() {
        try (FileWatch watch = new FileWatch(List.of(), SOON)) {
            watch.start();
            assertThat(threads()).isEmpty();
        }
    }

    @Test
    void anIntervalOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileWatch(List.of(), Duration.ZERO));
    }

    @Test
    void aChangeInEitherFileMakesTheValueAnew() throws IOException {
        Path a = Files.writeString(directory.resolve("a"), "1");
        Path b = Files.writeString(directory.resolve("b"), "2");
        WatchedFiles<String> text = watched(a, b);
        Files.writeString(b, "3");
        text.look();
        assertThat(text.current()).isEqualTo("1;3;");
        Files.writeString(a, "13"); // what is the first's end may not pass for the second's beginning
        Files.writeString(b, "");
        text.look();
        assertThat(text.current()).isEqualTo("13;;");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        Path file = Files.write(directory.resolve("large"), new byte[1024 * 1024 + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watched(file))
                .isInstanceOf(UnusableFileException.class)
                .withMessageContaining("larger than 1 MiB");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter("outrigger-files"::equals)
                .toList();
    }
}
