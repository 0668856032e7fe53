package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromtoolTest {

    /** The linter wants seconds. Milliseconds are what the users of this metric have asked for, by this very name. */
    private static final String KNOWN_COMPLAINTS = """
            kv_request_duration_ms metric names should not contain abbreviated units
            kv_request_duration_ms_created metric names should not contain abbreviated units
            """;

    @TempDir
    private Path directory;

    @Test
    void theLinterHasNothingToSayButAboutTheNameWithMilliseconds() {
        String promtool = Programs.path("promtool");
        try (NodeProcess node = NodeProcess.start(directory);
                RespConnection client = new RespConnection(node.respPort())) {
            assertThat(client.ask("SET greeting hello")).isEqualTo("+OK");
            node.get("/health");
            node.get("/nothing");
            String exposition = node.get("/metrics").body();
            assertThat(exposition).contains("\nkv_requests_total{", "\noutrigger_http_requests_total{");
            Running.Outcome outcome = Running.toEnd(List.of(promtool, "check", "metrics"), exposition);
            assertThat(outcome.output()).isEqualTo(KNOWN_COMPLAINTS);
        }
    }
}
