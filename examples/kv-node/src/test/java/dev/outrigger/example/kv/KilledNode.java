package dev.outrigger.example.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A node that is killed and started again over the same data. */
final class KilledNode implements AutoCloseable {

    private static final List<String> QUICK_START =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final Path directory;
    private final List<String> machineOptions = new ArrayList<>(QUICK_START);
    private final List<String> nodeOptions;
    private NodeProcess process;

    KilledNode(Path directory, BackupPlace place) {
        this.directory = directory;
        this.nodeOptions = place.nodeOptions();
        this.machineOptions.addAll(place.machineOptions());
        this.process = start();
    }

    /** Starts it, and returns before it serves. */
    private NodeProcess start() {
        return NodeProcess.launch(directory, machineOptions, nodeOptions);
    }

    NodeProcess process() {
        return process;
    }

    /** Kills it some time from now. */
    void killAfter(Duration time) {
        process.killAfter(time);
    }

    /** Starts it again, and returns before it serves. */
    void startAgain() {
        process = start();
    }

    /** Starts it again; returns how long it took until it served. */
    Duration startAgainAndServe() {
        long began = System.nanoTime();
        startAgain();
        process.awaitService();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What is left of work that was begun: snapshots, staged tables, plans, and files that are being written. */
    List<String> leftovers() {
        List<String> found = new ArrayList<>();
        Path data = directory.resolve("data");
        for (String place : List.of("snapshots", "restore")) {
            found.addAll(below(data, data.resolve(place)));
        }
        below(data, data.resolve("ops")).stream()
                .filter(name -> name.endsWith(".tmp") || name.endsWith(".plan") || name.endsWith(".unreadable"))
                .forEach(found::add);
        return found;
    }

    private static List<String> below(Path data, Path directory) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory))
                    .map(file -> data.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far the work on a restore was when the node was killed, by what is in its data. */
    String restoreState() {
        Path data = directory.resolve("data");
        if (!below(data, data.resolve("restore")).isEmpty()) {
            return "tables staged";
        }
        boolean planned = below(data, data.resolve("ops/plans")).stream().anyMatch(name -> name.endsWith(".plan"));
        return planned ? "plan written" : "no plan";
    }

    /** Removes the native libraries that a killed process cannot remove. */
    void removeLibraries() {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".so")).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
