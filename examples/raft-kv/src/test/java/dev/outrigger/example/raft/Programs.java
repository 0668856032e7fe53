package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of others that a node is tried with. Where one is missing its tests are skipped, unless the environment variable
 * {@code OUTRIGGER_REQUIRE_CLIENTS} is {@code true}.
 */
final class Programs {

    /** Debian puts servers where only root looks for them. */
    private static final List<String> MORE_PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    private Programs() {}

    /** Where the program is. */
    static String path(String name) {
        return need(name, find(name));
    }

    private static Optional<String> find(String name) {
        if (name.startsWith("/")) {
            return Optional.of(name).filter(path -> Files.isExecutable(Path.of(path)));
        }
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), MORE_PLACES.stream())
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static String need(String name, Optional<String> found) {
        if (found.isEmpty() && "true".equals(System.getenv("OUTRIGGER_REQUIRE_CLIENTS"))) {
            fail("%s is not installed, and OUTRIGGER_REQUIRE_CLIENTS is true", name);
        }
        assumeTrue(found.isPresent(), name + " is not installed");
        return found.orElseThrow();
    }
}
