package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that read expositions in the field. Where one is missing its test is skipped, unless the environment
 * variable {@code OUTRIGGER_REQUIRE_CLIENTS} is {@code true}.
 */
public final class ExternalReader {

    private ExternalReader() {}

    /** Runs Prometheus' own linter, and returns what it had to say. */
    public static String promtool(byte[] exposition) throws Exception {
        Optional<Path> promtool = onPath("promtool");
        demand(promtool.isPresent(), "promtool");
        return run(exposition, promtool.orElseThrow().toString(), "check", "metrics");
    }

    /** Runs a Python script that may import {@code prometheus_client}. */
    public static String python(String script, byte[] input) throws Exception {
        Optional<String> python = pythonWithClient();
        demand(python.isPresent(), "python3-prometheus-client");
        return run(input, python.orElseThrow(), "-c", script);
    }

    private static Optional<String> pythonWithClient() throws Exception {
        for (String candidate : List.of("/usr/bin/python3", "python3")) {
            boolean there = candidate.startsWith("/")
                    ? Files.isExecutable(Path.of(candidate))
                    : onPath(candidate).isPresent();
            if (there
                    && run(new byte[0], candidate, "-c", "import prometheus_client; print('yes')")
                            .equals("yes\n")) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(":"))
                .flatMap(directory -> directory.isEmpty() ? Stream.empty() : Stream.of(Path.of(directory, program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void demand(boolean there, String program) {
        if (!there && "true".equals(System.getenv("OUTRIGGER_REQUIRE_CLIENTS"))) {
            fail(program + " is not installed, and OUTRIGGER_REQUIRE_CLIENTS is true");
        }
        assumeTrue(there, program + " is not installed");
    }

    private static String run(byte[] input, String... command) throws IOException, InterruptedException {
        Path stdin = Files.createTempFile("outrigger-exposition", ".txt");
        try {
            Files.write(stdin, input);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(stdin.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            Files.delete(stdin);
        }
    }
}
