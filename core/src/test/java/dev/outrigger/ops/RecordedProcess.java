package dev.outrigger.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** A process that makes two recordings of itself: one as the route makes it, and one as Java makes it where nothing is said. */
final class RecordedProcess {

    private RecordedProcess() {}

    /** Writes both into a directory, the first argument. */
    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (FlightRecording ours = FlightRecording.start()) {
            work();
            Files.move(ours.stop(), directory.resolve("ours.jfr"));
        }
        try (Recording theirs = new Recording(Configuration.getConfiguration("default"))) {
            theirs.start();
            work();
            theirs.stop();
            theirs.dump(directory.resolve("theirs.jfr"));
        }
    }

    private static void work() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }
}
