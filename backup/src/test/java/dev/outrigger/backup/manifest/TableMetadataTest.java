package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.manifest.Documents.Malformed;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableMetadataTest {

    private static final TableName NAME = new TableName("users/2");
    private static final String DOCUMENT = "{\"format_version\":1,\"name\":\"users/2\",\"description\":\"who\","
            + "\"schema\":{ \"a\" : [1.50, 1e3, \"\\u00e9\"] },\"read_schema\":null,\"indexes\":[],"
            + "\"shards\":{\"0\":{\"range_start\":null,\"range_end\":null,\"applied_index\":null,\"term\":null},"
            + "\"7\":{\"range_start\":\"a\",\"range_end\":\"\",\"applied_index\":0,\"term\":12}}}";

    private static TableMetadata metadata(String schema) {
        return new TableMetadata(
                NAME,
                new TableDescription("who", schema, "null", "[]"),
                List.of(
                        new ShardDescription(7, Optional.of(new ShardDescription.Range("a", "")), 0, 12),
                        ShardDescription.of(0)));
    }

    @Test
    void theDocumentIsWrittenByteForByteWithTheHostsJsonAsItIs() {
        assertThat(new String(metadata("{ \"a\" : [1.50, 1e3, \"\\u00e9\"] }").encode(), UTF_8))
                .isEqualTo(DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0.0",
                "1.50",
                "1E+3",
                "12345678901234567890",
                "\"\"",
                "\"\\u0041\\/\"",
                "[]",
                "{}",
                "[1 , 2]",
                "{\"a\":1,\n \"b\" : {\"schema\":null}}",
                "\"\u00e9 \ud83d\ude00\"",
                "{\"name\":\"other\"}"
            })
    void theHostsJsonComesBackToTheByte(String json) throws Exception {
        TableMetadata metadata = new TableMetadata(NAME, new TableDescription("", json, json, json), List.of());
        assertThat(TableMetadata.decode(metadata.encode(), NAME)).isEqualTo(metadata);
    }

    @Test
    void whiteSpaceAroundJsonIsNoPartOfIt() throws Exception {
        TableDescription description =
                TableMetadata.decode(metadata(" \n{ }\t").encode(), NAME).description();
        assertThat(description.schema()).isEqualTo("{ }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "nul",
                "'a'",
                "{}{}",
                "1,2",
                "null,\"x\":1",
                "null,\"schema\":null",
                "[1,]",
                "01",
                "NaN",
                "\"\ud83d\"",
                "\"\\ud83d\"",
                "{\"a\":1,\"a\":2}",
                "null/**/",
                "null,\"shards\":{}",
                "null}"
            })
    void whatIsNoJsonIsNotWritten(String none) {
        for (TableDescription description : List.of(
                new TableDescription("", none, "null", "null"),
                new TableDescription("", "null", none, "null"),
                new TableDescription("", "null", "null", none))) {
            assertThatThrownBy(() -> new TableMetadata(NAME, description, List.of()).encode())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("description of table users/2: ");
        }
    }

    @Test
    void aTextThatWouldNotComeBackIsNotWritten() {
        TableDescription half = new TableDescription("\ud83d", "null", "null", "null");
        assertThatThrownBy(() -> new TableMetadata(NAME, half, List.of()).encode())
                .isInstanceOf(IllegalArgumentException.class);
        ShardDescription range = new ShardDescription(0, Optional.of(new ShardDescription.Range("\ud83d", "")), 0, 0);
        assertThatThrownBy(() -> new TableMetadata(NAME, TableDescription.NONE, List.of(range)).encode())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTooLargeIsNotWritten() {
        String large = "\"" + "a".repeat(TableMetadata.MAX_BYTES) + "\"";
        assertThatThrownBy(() -> metadata(large).encode())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: <= 16777216)");
    }

    static Stream<Malformed> malformed() {
        return Stream.of(
                new Malformed(
                        "\"format_version\":1",
                        "\"format_version\":2",
                        "format_version of table users/2 (expected: 1)"),
                new Malformed(
                        "\"name\":\"users/2\"",
                        "\"name\":\"users\"",
                        "the metadata is another table's (expected: users/2)"),
                new Malformed("\"shards\":{", "\"x\":{", "shards: missing (expected: an object)"),
                new Malformed("\"schema\":{", "\"x\":{", "schema: missing (expected: a text)"),
                new Malformed("\"7\":{", "\"-7\":{", "id: -7 (expected: >= 0)"),
                new Malformed("\"7\":{", "\"seven\":{", "seven"),
                new Malformed("\"7\":{", "\"0\":{", "a field is there twice"),
                new Malformed("\"range_end\":\"\"", "\"range_end\":null", "range_end: missing"),
                new Malformed("\"term\":12", "\"term\":-2", "applied index and term: 0, -2 (expected: >= -1)"),
                new Malformed("}}}", "}}", "malformed"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefused(Malformed malformed) {
        assertThatThrownBy(() -> TableMetadata.decode(malformed.of(DOCUMENT), NAME))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining(malformed.message());
    }
}
