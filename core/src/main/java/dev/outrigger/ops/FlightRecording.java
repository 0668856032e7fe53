package dev.outrigger.ops;

import dev.outrigger.http.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;

/**
 * One recording of Java's Flight Recorder, without those events that tell the environment, the system properties or a command
 * line. The only class here that knows the optional module {@code jdk.jfr}. Used by one thread at a time.
 *
 * <p>The recorder writes one stream of events for all recordings of the process: what another one has switched on stands in this
 * one's file too. Hence one that records such things keeps this one from starting, and the file is looked through before it is
 * handed out.
 */
final class FlightRecording implements AutoCloseable {

    private static final long MAX_BYTES = 256L * 1024 * 1024;

    /** Events that hold what may be secret: values of variables and properties, arguments, flags, and other processes' too. */
    private static final Set<String> SECRET = Set.of(
            "jdk.InitialEnvironmentVariable",
            "jdk.InitialSystemProperty",
            "jdk.InitialSecurityProperty",
            "jdk.JVMInformation",
            "jdk.JavaAgent",
            "jdk.NativeAgent",
            "jdk.ProcessStart",
            "jdk.StringFlag",
            "jdk.StringFlagChanged",
            "jdk.SystemProcess");

    private static final String ENABLED = "#enabled";

    private final Recording recording;

    private FlightRecording(Recording recording) {
        this.recording = recording;
    }

    /**
     * Begins to record.
     *
     * @throws dev.outrigger.http.ProblemException 501 if this Java has no recorder, 409 if another recording records what this
     *     one must not tell
     */
    static FlightRecording start() throws IOException, ParseException {
        if (!FlightRecorder.isAvailable()) {
            throw RecordingRoute.unavailable();
        }
        boolean told = FlightRecorder.getFlightRecorder().getRecordings().stream()
                .anyMatch(other -> other.getState() == RecordingState.RUNNING && tellsSecrets(other.getSettings()));
        if (told) {
            throw tellsTooMuch();
        }
        Recording recording = new Recording(settings());
        recording.setName("outrigger");
        recording.setMaxSize(MAX_BYTES);
        recording.start();
        return new FlightRecording(recording);
    }

    private static Map<String, String> settings() throws IOException, ParseException {
        Map<String, String> settings = Configuration.getConfiguration("default").getSettings().entrySet().stream()
                .filter(setting -> !SECRET.contains(event(setting.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        SECRET.forEach(name -> settings.put(name + ENABLED, "false"));
        return settings;
    }

    private static String event(String setting) {
        return setting.substring(0, Math.max(setting.indexOf('#'), 0));
    }

    private static boolean tellsSecrets(Map<String, String> settings) {
        return SECRET.stream().anyMatch(name -> "true".equals(settings.get(name + ENABLED)));
    }

    private static RuntimeException tellsTooMuch() {
        return Problem.of(409, "Another recording of this process records its environment or command line")
                .asException();
    }

    /**
     * Ends the recording, and returns its file, which is the caller's to delete.
     *
     * @throws dev.outrigger.http.ProblemException 409 if another recording has put into it what must not be told
     */
    Path stop() throws IOException {
        Path file = Files.createTempFile("outrigger-", ".jfr"); // Readable by this user alone.
        try {
            recording.stop();
            recording.dump(file);
            refuseSecrets(file);
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            recording.close();
        }
    }

    private static void refuseSecrets(Path file) throws IOException {
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                if (SECRET.contains(events.readEvent().getEventType().getName())) {
                    throw tellsTooMuch();
                }
            }
        }
    }

    /** Ends the recording without a trace, if it has not ended yet. */
    @Override
    public void close() {
        recording.close();
    }
}
