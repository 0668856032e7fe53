package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.health.ManualExecutor;
import dev.outrigger.health.ManualTime;
import dev.outrigger.http.Access;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.StreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordingRouteTest {

    private final ManualTime time = new ManualTime();
    private final ManualLoop loop = new ManualLoop(time);
    private final ManualExecutor lane = new ManualExecutor();
    private final Route route = RecordingRoute.of(lane, loop);
    private final List<Path> before = files();

    @AfterEach
    void nothingIsLeft() {
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
        assertThat(files()).isEqualTo(before);
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("outrigger-.*\\.jfr"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LaterResponse record(int seconds) throws Exception {
        return (LaterResponse) ask("{\"seconds\":" + seconds + "}");
    }

    private Response ask(String body) throws Exception {
        return route.handler().handle(FakeRequest.put("/admin/jfr", body).header("Content-Type", "application/json"));
    }

    private Optional<Response> pass(LaterResponse later, int seconds) {
        time.move(Duration.ofSeconds(seconds));
        loop.runDue();
        lane.runAll();
        return Optional.ofNullable(later.stage().toCompletableFuture().getNow(null));
    }

    @Test
    void theRecordingIsTheBodyOfTheAnswer() throws Exception {
        assertThat(route.access()).isEqualTo(Access.WRITE);
        LaterResponse later = record(10);
        assertThat(pass(later, 9)).isEmpty();
        StreamResponse answer = (StreamResponse) pass(later, 1).orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        try (var body = answer.body()) {
            byte[] magic = new byte[4];
            body.next().orElseThrow().get(magic);
            assertThat(new String(magic, ISO_8859_1)).isEqualTo("FLR\0");
            assertThat(files()).hasSize(before.size() + 1);
        }
    }

    @Test
    void thereIsOneAtATimeUntilItsFileIsGone() throws Exception {
        LaterResponse first = record(10);
        refused(409, "A recording is being made already", "{\"seconds\":10}");
        StreamResponse answer = (StreamResponse) pass(first, 10).orElseThrow();
        refused(409, "A recording is being made already", "{\"seconds\":10}");
        answer.body().close();
        LaterResponse second = record(1);
        ((StreamResponse) pass(second, 1).orElseThrow()).body().close();
    }

    @Test
    void aClientThatLeavesEndsItsRecording() throws Exception {
        LaterResponse first = record(300);
        first.abandoned().run();
        lane.runAll();
        LaterResponse second = record(1);
        assertThat(first.stage().toCompletableFuture()).isCancelled();
        ((StreamResponse) pass(second, 300).orElseThrow()).body().close();
    }

    @Test
    void aSidecarThatClosesEndsItsRecording() throws Exception {
        LaterResponse later = record(300);
        lane.refuse(true);
        later.abandoned().run();
        assertThat(FlightRecorder.getFlightRecorder().getRecordings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"seconds\":0} | seconds: 0 (expected: 1 to 300)",
                "{\"seconds\":301} | seconds: 301 (expected: 1 to 300)",
                "{} | seconds: missing (expected: 1 to 300)",
            })
    void theLengthIsBounded(String body, String error) {
        refused(400, error, body);
    }

    private void refused(int status, String error, String body) {
        assertThatThrownBy(() -> ask(body)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(status);
            assertThat(e.problem().error()).isEqualTo(error);
        });
    }

    @Test
    void anotherRecordingThatTellsSecretsKeepsOursFromStarting() throws Exception {
        try (Recording other = new Recording()) {
            other.enable("jdk.InitialEnvironmentVariable");
            other.start();
            refused(
                    409,
                    "Another recording of this process records its environment or command line",
                    "{\"seconds\":1}");
        }
        LaterResponse later = record(1);
        ((StreamResponse) pass(later, 1).orElseThrow()).body().close();
    }

    @Test
    void aRecordingIntoWhichAnotherHasToldSecretsIsNotHandedOut() throws Exception {
        LaterResponse later = record(1);
        try (Recording other = new Recording()) {
            other.enable("jdk.InitialEnvironmentVariable");
            other.start();
            assertThat(other.getSettings()).isNotEmpty();
        }
        time.move(Duration.ofSeconds(1));
        loop.runDue();
        lane.runAll();
        assertThat(later.stage())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ProblemException.class);
    }

    @Test
    void neitherEnvironmentNorPropertiesNorCommandLineAreToldHoweverSecret(@TempDir Path directory) throws Exception {
        String canary = "c4n4ry-in-the-mine";
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + "property=" + canary,
                "-cp",
                System.getProperty("java.class.path"),
                RecordedProcess.class.getName(),
                directory.toString(),
                canary);
        process.environment().put("PASSWORD", canary);
        process.environment().put("JAVA_TOOL_OPTIONS", "-Dother=" + canary);
        process.redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        assertThat(process.start().waitFor())
                .as(Files.readString(directory.resolve("output")))
                .isZero();

        assertThat(tells(directory.resolve("theirs.jfr"), canary)).isTrue();
        assertThat(Files.size(directory.resolve("ours.jfr"))).isGreaterThan(10_000);
        assertThat(tells(directory.resolve("ours.jfr"), canary)).isFalse();
    }

    private static boolean tells(Path recording, String text) throws IOException {
        return new String(Files.readAllBytes(recording), ISO_8859_1).contains(text);
    }
}
