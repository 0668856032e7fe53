package dev.outrigger.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.task.TaskStoreException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTaskStoreTest {

    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path parent;

    private Path directory() {
        return parent.resolve("a").resolve("tasks");
    }

    private static Task task(String id) {
        return TaskSteps.created(new TaskId(id), TaskRequest.of("backup", "payload of " + id), TIME);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertReason(Reason reason, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        TaskStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void whatIsPutIsThereForTheNextOneToOpen() throws IOException {
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            assertThat(store.put(task("one"))).isTrue();
            assertThat(store.put(task("two"))).isTrue();
            assertThat(store.put(TaskSteps.canceled(task("two"), TIME))).isTrue();
            assertThat(store.remove(task("one"))).isTrue();
        }
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            assertThat(store.load()).singleElement().extracting(Task::state).isEqualTo(TaskState.CANCELED);
            assertThat(files()).containsExactly(".lock", "two.json");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory().resolve("two.json"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void onlyTheNextVersionIsTaken() {
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            Task first = task("one");
            Task second = TaskSteps.canceled(first, TIME);
            assertThat(store.put(second)).isFalse();
            assertThat(store.put(first)).isTrue();
            assertThat(store.put(first)).isFalse();
            assertThat(store.put(second)).isTrue();
            assertThat(store.remove(first)).isFalse();
            assertThat(store.remove(second)).isTrue();
            assertThat(store.remove(second)).isFalse();
        }
    }

    @Test
    void aRecordThatIsCutOffOrOverwrittenIsPutAsideAndCostsNoOther() throws IOException {
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            for (String id : List.of("cut", "empty", "good", "odd", "renamed")) {
                store.put(task(id));
            }
        }
        byte[] whole = Files.readAllBytes(directory().resolve("cut.json"));
        Files.write(directory().resolve("cut.json"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.write(directory().resolve("empty.json"), new byte[0]);
        Files.write(directory().resolve("odd.json"), new byte[] {(byte) 0xff, 0, 1, 2});
        Files.move(directory().resolve("renamed.json"), directory().resolve("other.json"));
        Files.writeString(directory().resolve(".good.json.tmp"), "half a record");

        try (FileTaskStore store = FileTaskStore.open(directory())) {
            assertThat(store.load()).containsExactly(task("good"));
            assertThat(store.unreadable()).isEqualTo(4);
            assertThat(files())
                    .containsExactly(
                            ".lock",
                            "cut.json.unreadable",
                            "empty.json.unreadable",
                            "good.json",
                            "odd.json.unreadable",
                            "other.json.unreadable");
        }
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            assertThat(store.unreadable()).isZero();
            assertThat(store.put(task("cut"))).isTrue();
        }
    }

    @Test
    void twoOfOneProcessCannotHaveIt() {
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            assertReason(Reason.TAKEN, () -> FileTaskStore.open(directory()));
            assertThat(store.put(task("one"))).isTrue();
        }
    }

    @Test
    void aDiskThatDoesNotTakeARecordLeavesTheOneBefore() throws IOException {
        try (FileTaskStore store = FileTaskStore.open(directory())) {
            store.put(task("one"));
            // What stands where the temporary file is to be cannot be removed: as good as a disk that is full.
            Files.createDirectories(directory().resolve(".one.json.tmp").resolve("in the way"));
            assertReason(Reason.NOT_WRITTEN, () -> store.put(TaskSteps.canceled(task("one"), TIME)));
            assertThat(store.find(new TaskId("one")).orElseThrow().state()).isEqualTo(TaskState.PENDING);
            assertThat(Files.readString(directory().resolve("one.json"))).contains("pending");
        }
    }

    @Test
    void aClosedStoreTakesAndTellsNothing() {
        FileTaskStore store = FileTaskStore.open(directory());
        store.close();
        store.close();
        assertReason(Reason.CLOSED, () -> store.put(task("one")));
        assertReason(Reason.CLOSED, store::load);
        assertReason(Reason.CLOSED, () -> store.find(new TaskId("one")));
    }

    @Test
    void whereTheDirectoryCannotBeThatIsSaid() throws IOException {
        Files.writeString(parent.resolve("a"), "a file");
        assertReason(Reason.UNREADABLE, () -> FileTaskStore.open(directory()));
    }

    @Test
    void aProcessThatIsKilledLeavesItsTasksAndItsPlaceToTheNext() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        BusyProcess.class.getName(),
                        directory().toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(out.lines().anyMatch(line -> line.startsWith("saved 3"))).isTrue();
            assertReason(Reason.TAKEN, () -> FileTaskStore.open(directory()));
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (FileTaskStore store = FileTaskStore.open(directory());
                TaskQueue queue = TaskQueue.over(store)
                        .type(
                                "busy",
                                TaskOptions.defaults(),
                                context -> TaskResult.of(json ->
                                        json.field("found", context.saved().orElseThrow())))
                        .build()) {
            queue.start();
            Task left = queue.list(TaskPage.newest(1)).get(0);
            Task done = queue.whenEnded(left.id()).get(30, TimeUnit.SECONDS);
            assertThat(done.state()).isEqualTo(TaskState.COMPLETED);
            assertThat(done.attempts()).isEqualTo(2);
            assertThat(done.result().json().orElseThrow()).containsPattern("\"found\":\"([3-9]|[0-9]{2,})\"");
            assertThat(store.unreadable()).isZero();
        }
    }
}
