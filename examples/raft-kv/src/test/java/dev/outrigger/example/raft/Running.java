package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program that runs beside the test, and is ended with it, whatever becomes of the test. */
final class Running implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;

    private Running(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** What a program that has ended said. */
    record Outcome(int code, String output) {}

    /** Starts a program whose output goes to a file of that name in a directory. */
    static Running start(Path directory, String name, List<String> command) {
        Path output = directory.resolve(name + ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return new Running(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end. */
    static Outcome toEnd(List<String> command, String input) {
        try {
            Path output = Files.createTempFile("client", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                process.getOutputStream().write(input.getBytes(UTF_8));
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("does not end: " + command);
                }
                return new Outcome(process.exitValue(), Files.readString(output));
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the program has said so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The exit code of a program that has ended. */
    OptionalInt end() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the program to end, as an init system does. */
    void terminate() {
        process.destroy();
    }

    /** Ends the program as a crash would: it is not told, and nothing of it runs any more when this returns. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end of the program, and returns its exit code. */
    int awaitEnd() {
        Awaitility.await("the end of the program")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> !isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Awaitility.await("the end of the program").until(() -> !isAlive());
    }
}
