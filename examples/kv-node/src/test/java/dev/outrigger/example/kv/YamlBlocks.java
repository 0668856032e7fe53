package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads as much of YAML as the sidecar writes: blocks that are indented by two spaces, and scalars on one line. */
final class YamlBlocks {

    private final List<String> lines;
    private int at;

    private YamlBlocks(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    static Map<String, Object> read(String yaml) {
        YamlBlocks blocks = new YamlBlocks(yaml.lines().toList());
        Map<String, Object> root = blocks.map(0);
        if (blocks.at != blocks.lines.size()) {
            throw new IllegalArgumentException("line " + (blocks.at + 1) + ": " + blocks.lines.get(blocks.at));
        }
        return root;
    }

    private Map<String, Object> map(int indent) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (isAt(indent) && !isElement(indent)) {
            String line = lines.get(at++).substring(indent);
            int end = line.startsWith("\"") ? line.indexOf("\":") + 1 : line.indexOf(':');
            if (map.put(text(line.substring(0, end)), value(line.substring(end + 1), indent)) != null) {
                throw new IllegalArgumentException("twice: " + line);
            }
        }
        return map;
    }

    private List<Object> list(int indent) {
        List<Object> list = new ArrayList<>();
        while (isAt(indent) && isElement(indent)) {
            String line = lines.get(at).substring(indent);
            if (line.matches("- (\"[^\"]*\"|[^\" ]+):.*")) {
                lines.set(at, " ".repeat(indent) + "  " + line.substring(2));
                list.add(map(indent + 2));
            } else {
                at++;
                list.add(value(line.substring(1), indent));
            }
        }
        return list;
    }

    /** What stands behind a colon or a dash: on the same line, or as a block below. */
    private Object value(String rest, int indent) {
        if (!rest.isEmpty()) {
            return scalar(rest.substring(1));
        }
        return isElement(indent + 2) ? list(indent + 2) : map(indent + 2);
    }

    private boolean isAt(int indent) {
        return at < lines.size()
                && lines.get(at).startsWith(" ".repeat(indent))
                && lines.get(at).charAt(indent) != ' ';
    }

    private boolean isElement(int indent) {
        return isAt(indent) && lines.get(at).charAt(indent) == '-';
    }

    private static Object scalar(String text) {
        return switch (text) {
            case "{}" -> Map.of();
            case "[]" -> List.of();
            case "true" -> true;
            case "false" -> false;
            default -> text.matches("-?[0-9]+") ? (Object) Long.parseLong(text) : text(text);
        };
    }

    private static String text(String text) {
        return text.startsWith("\"")
                ? JsonReader.object(("{\"text\":" + text + "}").getBytes(UTF_8)).string("text")
                : text;
    }
}
