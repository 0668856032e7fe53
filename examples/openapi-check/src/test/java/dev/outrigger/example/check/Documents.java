package dev.outrigger.example.check;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads documents as somebody else's libraries do. */
final class Documents {

    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Documents() {}

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static JsonNode yaml(String text) {
        return YAML.readTree(text);
    }
}
