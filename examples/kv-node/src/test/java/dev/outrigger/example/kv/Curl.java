package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Real requests of curl to the sidecar of a node, as somebody types them. */
final class Curl {

    private static final String STATUS = "\n%{http_code} %header{location}";

    private final String program = Programs.path("curl");
    private final NodeProcess node;

    Curl(NodeProcess node) {
        this.node = node;
    }

    /** What curl printed. */
    record Answer(int status, String location, String body) {

        JsonObject json() {
            return JsonReader.object(body.getBytes(StandardCharsets.UTF_8), 1 << 20);
        }
    }

    Answer get(String path) {
        return ask(path);
    }

    Answer post(String path, String json, String... options) {
        List<String> all = new ArrayList<>(List.of("-H", "Content-Type: application/json", "-d", json));
        all.addAll(List.of(options));
        return ask(path, all.toArray(String[]::new));
    }

    Answer ask(String path, String... options) {
        String[] lines = run(path, STATUS, options).split("\n", -1);
        String[] last = lines[lines.length - 1].split(" ", -1);
        String body = String.join("\n", List.of(lines).subList(0, lines.length - 1));
        return new Answer(Integer.parseInt(last[0]), last[1], body);
    }

    /** Reads events until the other side ends them. */
    String stream(String path) {
        return run(path, "", "-N");
    }

    private String run(String path, String format, String... options) {
        List<String> command = new ArrayList<>(List.of(program, "-sS", "-w", format));
        command.addAll(List.of(options));
        command.add("http://127.0.0.1:" + node.opsPort() + path);
        Running.Outcome outcome = Running.toEnd(command, "");
        assertThat(outcome.code()).as("%s: %s", command, outcome.output()).isZero();
        return outcome.output();
    }
}
