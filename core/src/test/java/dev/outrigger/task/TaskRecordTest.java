package dev.outrigger.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRecordTest {

    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00.500Z");
    private static final String RECORD = """
            {"format_version":1,"id":"a-1","version":2,"type":"backup","payload":"{\\"a\\":\\"ä\\"}","priority":-3,"max_attempts":5,\
            "not_before":null,"state":"running","attempts":1,"due":"2026-11-21T12:00:00.500Z","fence":1,\
            "lease":{"owner":"me","until":"2026-11-21T12:00:30.500Z"},"cancel_requested":false,\
            "progress":{"phase":null,"done_bytes":0,"total_bytes":null,"done_shards":0,"total_shards":null},\
            "saved":null,"last_error":null,"created_at":"2026-11-21T12:00:00.500Z","updated_at":"2026-11-21T12:00:00.500Z",\
            "finished_at":null,"result":null}""";

    private static Task running() {
        Task created = TaskSteps.created(
                new TaskId("a-1"), TaskRequest.of("backup", "{\"a\":\"ä\"}").priority(-3), TIME);
        return TaskSteps.claimed(created, new TaskLease("me", TIME.plusSeconds(30)), TIME);
    }

    @Test
    void aRecordIsOneJsonObject() {
        assertThat(new String(TaskRecord.encode(running()), UTF_8)).isEqualTo(RECORD);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Task saved = TaskSteps.saved(
                running(), "half \u0000", TaskProgress.in("copy").bytes(1, 2).shards(0, 7), TIME);
        Task done = TaskSteps.completed(
                TaskSteps.postponed(saved, "why", TIME, TIME), new TaskResult(Optional.of("{\"b\": [1.50]}")), TIME);
        for (Task task : new Task[] {running(), saved, done}) {
            Task read = TaskRecord.decode(TaskRecord.encode(task));
            assertThat(read).usingRecursiveComparison().isEqualTo(task);
        }
    }

    @Test
    void aRecordThatIsCutOffAnywhereIsNone() {
        byte[] whole = RECORD.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> TaskRecord.decode(cut));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format_version\":1|\"format_version\":2",
                "\"id\":\"a-1\"|\"id\":\"../a\"",
                "\"state\":\"running\"|\"state\":\"pending\"",
                "\"state\":\"running\"|\"state\":\"odd\"",
                "\"attempts\":1|\"attempts\":-1",
                "\"attempts\":1|\"attempts\":4294967297",
                "\"version\":2|\"version\":0",
                "\"done_bytes\":0|\"done_bytes\":-7",
                "\"due\":\"2026-11-21|\"due\":\"2026-13-21",
                "\"type\":\"backup\"|\"type\":\"\"",
                "\"result\":null|\"result\":[]",
                "\"max_attempts\":5|\"max_attempts\":0"
            })
    void aRecordThatContradictsItselfIsNone(String sound, String broken) {
        assertThat(RECORD).contains(sound);
        byte[] record = RECORD.replace(sound, broken).getBytes(UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> TaskRecord.decode(record));
    }
}
