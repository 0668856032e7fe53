package dev.outrigger.backup.disk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSyncTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsNotOnDiskFailsTheCall() throws Exception {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < 20; i++) {
            names.add("f" + i);
            Files.createFile(directory.resolve("f" + i));
        }
        DiskSync.force(directory, names);
        Files.delete(directory.resolve("f11"));

        assertThatThrownBy(() -> DiskSync.force(directory, names)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anInterruptWhileFilesAreBroughtToDiskIsNotLost() throws Exception {
        Files.createFile(directory.resolve("f"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> DiskSync.force(directory, List.of("f", "f", "f")))
                .isInstanceOfAny(InterruptedException.class, ClosedByInterruptException.class);
        Thread.interrupted();
    }
}
