package dev.outrigger.example.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an OpenAPI document promises of each operation's answers, and whether an answer keeps it. */
final class PromisedAnswers {

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final JsonNode document;

    PromisedAnswers(String yaml) {
        // A schema finds those it refers to below a keyword that JSON Schema knows.
        document = Documents.yaml(yaml.replace("#/components/schemas/", "#/$defs/"));
        refuseFurtherFields(document.path("components").path("schemas"));
        refuseFurtherFields(document.path("paths"));
    }

    /** The document leaves room for fields of later versions; this version's answers are to have none that it does not tell. */
    private static void refuseFurtherFields(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(PromisedAnswers::refuseFurtherFields);
    }

    /** All operations of the document, as {@code GET /ready}. */
    List<String> operations() {
        List<String> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    void assertKept(String operation, HttpResponse<String> answer) {
        String[] parts = operation.split(" ");
        JsonNode told = document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.statusCode()));
        String what = operation + ": " + answer;
        assertThat(told.isObject()).as("%s is told of", what).isTrue();
        JsonNode response =
                told.has("$ref") ? document.at(told.path("$ref").stringValue().substring(1)) : told;
        if (!response.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").split(";")[0];
        JsonNode content = response.path("content").path(type);
        assertThat(content.isObject()).as("%s: %s is told of", what, type).isTrue();
        assertThat(schema(content.path("schema")).validate(value(type, answer.body())))
                .as("%s: %s", what, answer.body())
                .isEmpty();
    }

    private Schema schema(JsonNode schema) {
        ObjectNode root = (ObjectNode) schema.deepCopy();
        root.set("$defs", document.path("components").path("schemas"));
        return registry.getSchema(root);
    }

    private static JsonNode value(String type, String body) {
        return type.endsWith("json") ? Documents.json(body) : JsonNodeFactory.instance.stringNode(body);
    }
}
