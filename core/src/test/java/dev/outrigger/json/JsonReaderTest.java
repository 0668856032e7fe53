package dev.outrigger.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final String CANARY = "canary-7f3a";

    @Test
    void anObjectTellsItsFieldsByType() {
        JsonObject object = read("""
                {"text":"grün 🌱","whole":-9223372036854775808,"exponent":1e1,"yes":true,"nothing":null,
                 "texts":["a","b"],"inner":{"deep":"x"}}
                """);

        assertThat(object.string("text")).isEqualTo("grün 🌱");
        assertThat(object.optionalLong("whole")).hasValue(Long.MIN_VALUE);
        assertThat(object.optionalLong("exponent")).hasValue(10);
        assertThat(object.optionalBoolean("yes")).contains(true);
        assertThat(object.optionalStrings("texts")).contains(List.of("a", "b"));
        assertThat(object.optionalObject("inner").map(inner -> inner.string("deep")))
                .contains("x");
        assertThat(object.names()).startsWith("text", "whole");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-0.1e-400",
                "123456789012345678901234567890.10",
                "\"a \\u00e9 \\\" \uD83C\uDF31\"",
                "[]",
                "{ \"z\" : 1.0,\n\"a\":[1 , {\"b\":null}] }"
            })
    void whatIsSomebodyElsesIsCarriedAsItWasWritten(String value) {
        String large = "\"" + "x".repeat(50_000) + "\"";
        byte[] document = ("{\"first\":" + large + ", \"theirs\" :  " + value + "  ,\"ours\":7}").getBytes(UTF_8);

        JsonObject object = JsonReader.object(document, 100_000, Set.of("theirs", "first"));

        assertThat(object.string("theirs")).isEqualTo(value);
        assertThat(object.string("first")).isEqualTo(large);
        assertThat(object.wholeNumber("ours")).isEqualTo(7);
    }

    @Test
    void theObjectsOfALongArrayAreHandedOnAndNotKept() {
        List<String> names = new ArrayList<>();
        byte[] document = "{\"a\":1,\"files\":[{\"n\":\"x\"},{\"n\":\"y\"}],\"inner\":{\"files\":[{\"n\":\"z\"}]}}"
                .getBytes(UTF_8);

        JsonObject object = JsonReader.object(document, 1_000, "files", element -> names.add(element.string("n")));

        assertThat(names).containsExactly("x", "y");
        assertThat(object.optionalObjects("files")).contains(List.of());
        assertThat(object.wholeNumber("a")).isEqualTo(1);
        assertThat(object.object("inner").objects("files")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{},7]", "[[]]", "7", "{}"})
    void whatIsNoArrayOfObjectsIsNotHandedOnAndRefusedWhenAskedFor(String value) {
        JsonObject object =
                JsonReader.object(("{\"files\":" + value + "}").getBytes(UTF_8), 1_000, "files", element -> {});

        assertThatThrownBy(() -> object.objects("files"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageEndingWith("(expected: an array of objects)");
    }

    @Test
    void aLimitOfOnesOwnIsKept() {
        byte[] document = "{\"a\":1}".getBytes(UTF_8);

        assertThat(JsonReader.object(document, 7).wholeNumber("a")).isEqualTo(1);
        assertThatThrownBy(() -> JsonReader.object(document, 6)).hasMessage("JSON: 7 bytes (expected: <= 6)");
    }

    @Test
    void arraysTellTheirElementsByType() {
        JsonObject object = read("{\"objects\":[{\"a\":1},{}],\"numbers\":[3,-4],\"mixed\":[1,\"x\"]}");

        assertThat(object.objects("objects")).hasSize(2);
        assertThat(object.wholeNumbers("numbers")).containsExactly(3L, -4L);
        assertThat(object.objects("absent")).isEmpty();
        assertThatThrownBy(() -> object.wholeNumbers("mixed"))
                .hasMessage("mixed: holds a text (expected: an array of whole numbers)");
        assertThatThrownBy(() -> object.object("numbers")).hasMessage("numbers: an array (expected: an object)");
    }

    @Test
    void nullIsAbsentWhereAFieldMayBe() {
        JsonObject object = read("{\"nothing\":null}");

        assertThat(object.has("nothing")).isFalse();
        assertThat(object.optionalString("nothing")).isEmpty();
        assertThat(object.optionalLong("never")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                | value: missing (expected: a text)",
                "{\"value\":null}  | value: missing (expected: a text)",
                "{\"value\":12}    | value: a number (expected: a text)",
                "{\"value\":true}  | value: a truth value (expected: a text)",
                "{\"value\":[]}    | value: an array (expected: a text)",
                "{\"value\":{}}    | value: an object (expected: a text)"
            })
    void whatDoesNotFitNamesTheFieldAndTheExpectation(String document, String message) {
        JsonObject object = read(document);

        assertThatThrownBy(() -> object.string("value"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessage(message);
    }

    @Test
    void anArrayOfObjectsTellsItsObjects() {
        JsonObject object = read("{\"files\":[{\"path\":\"a\"},{\"path\":\"b\"}],\"mixed\":[{},1]}");

        assertThat(object.optionalObjects("files").orElseThrow())
                .extracting(file -> file.string("path"))
                .containsExactly("a", "b");
        assertThat(object.optionalObjects("never")).isEmpty();
        assertThatThrownBy(() -> object.optionalObjects("mixed"))
                .hasMessage("mixed: holds a number (expected: an array of objects)");
    }

    @Test
    void aTextIsNoNumberAndAnArrayOfNumbersNoArrayOfTexts() {
        JsonObject object = read("{\"text\":\"1\",\"half\":0.5,\"huge\":1e300,\"list\":[\"a\",1]}");

        assertThatThrownBy(() -> object.optionalLong("text")).hasMessage("text: a text (expected: a whole number)");
        assertThatThrownBy(() -> object.optionalLong("half")).hasMessage("half: a number (expected: a whole number)");
        assertThatThrownBy(() -> object.optionalLong("huge")).hasMessage("huge: a number (expected: a whole number)");
        assertThatThrownBy(() -> object.optionalStrings("list"))
                .hasMessage("list: holds a number (expected: an array of texts)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"canary-7f3a\"",
                "12",
                "canary-7f3a",
                "{",
                "{\"value\":\"canary-7f3a\"",
                "{\"value\":canary-7f3a}",
                "{\"value\":'canary-7f3a'}",
                "{'value':1}",
                "{value:1}",
                "{\"canary-7f3a\":1,\"canary-7f3a\":2}",
                "{\"a\":{\"canary-7f3a\":1,\"canary-7f3a\":2}}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} canary-7f3a",
                "{\"a\":1},",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":1e999}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\ud800canary-7f3a\"}",
                "{\"\\udc00\":1}",
                "{\"a\":1 /* canary-7f3a */}",
                "{\"a\":\"\\x\"}"
            })
    void whatIsNoObjectIsRefusedWithoutQuotingIt(String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(JsonFormatException.class)
                .hasNoCause()
                .message()
                .startsWith("JSON: ")
                .doesNotContain(CANARY);
    }

    @Test
    void otherCharactersThanUtf8AreRefused() {
        byte[] broken = "{\"value\":\"?\"}".getBytes(UTF_8);
        broken[10] = (byte) 0xfc;

        assertThatThrownBy(() -> JsonReader.object(broken)).hasMessage("JSON: malformed characters (expected: UTF-8)");
        assertThatThrownBy(() -> JsonReader.object("{\"a\":1}".getBytes(UTF_16)))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void depthIsBounded() {
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").names())
                .containsExactly("a");
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(10_000))).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void sizeAndDigitsAreBounded() {
        String largest = "{\"a\":\"" + "x".repeat(JsonReader.MAX_BYTES - 8) + "\"}";

        assertThat(read(largest).string("a")).hasSize(JsonReader.MAX_BYTES - 8);
        assertThatThrownBy(() -> read(largest + " ")).hasMessage("JSON: 65537 bytes (expected: <= 65536)");
        assertThatThrownBy(() -> read("{\"a\":" + "1".repeat(65) + "}")).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void aLargerDocumentIsReadWhereThatIsAskedFor() {
        String large = "{\"a\":\"" + "x".repeat(JsonReader.MAX_BYTES) + "\"}";
        byte[] utf8 = large.getBytes(UTF_8);

        assertThat(JsonReader.object(utf8, utf8.length).string("a")).hasSize(JsonReader.MAX_BYTES);
        assertThatThrownBy(() -> JsonReader.object(utf8, utf8.length - 1))
                .hasMessage("JSON: 65544 bytes (expected: <= 65543)");
    }

    @Test
    void theTextOfAnObjectHoldsNothingOfIt() {
        assertThat(read("{\"canary-7f3a\":\"canary-7f3a\"}")).hasToString("JsonObject[1 fields]");
    }

    private static JsonObject read(String document) {
        return JsonReader.object(document.getBytes(UTF_8));
    }
}
