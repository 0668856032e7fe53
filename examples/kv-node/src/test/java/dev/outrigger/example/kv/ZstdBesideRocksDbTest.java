package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A host has native libraries of its own, which may export the names of ours. */
class ZstdBesideRocksDbTest {

    /** Repeated, since which of two libraries is found by a name may be a matter of chance. */
    @RepeatedTest(3)
    void archivesAreCompressedByTheLibraryThatWasMadeForItWhateverTheHostHasLoaded(@TempDir Path directory) {
        Running.Outcome outcome = Running.toEnd(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ZstdBesideRocksDb.class.getName(),
                        directory.toString()),
                "");
        assertThat(outcome.output()).contains("written");
        assertThat(outcome.code()).isZero();
    }
}
