package dev.outrigger.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void fieldsAreListedInOrderAndRequiredUnlessOptional() {
        Schema shape = Schema.object()
                .field("b", Schema.text())
                .optional("c", Schema.truth())
                .field("a", Schema.whole(1, 300));

        assertThat(shape.keywords())
                .containsEntry("type", "object")
                .containsEntry("required", List.of("b", "a"))
                .extractingByKey("properties")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsExactly(
                        Map.entry("b", Schema.text()),
                        Map.entry("c", Schema.truth()),
                        Map.entry("a", Schema.whole(1, 300)));
    }

    @Test
    void aShapeIsNotChangedByWhatIsMadeOfIt() {
        Schema empty = Schema.object();
        empty.field("a", Schema.text()).named("A");

        assertThat(empty).isEqualTo(Schema.object());
        assertThatThrownBy(() -> empty.keywords().put("type", "array"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nothingIsOneMoreTypeOrOneMoreShape() {
        assertThat(Schema.time().orNull().keywords())
                .containsEntry("type", List.of("string", "null"))
                .containsEntry("format", "date-time");
        Schema named = Schema.object().named("Progress");
        assertThat(named.orNull().keywords().get("anyOf").toString()).isEqualTo("[Progress, {type=null}]");
        // An enum lists all values that there may be, so that null as a further type would be of no use.
        assertThat(Schema.oneOf("timeout").orNull().keywords()).containsOnlyKeys("anyOf");
    }

    @Test
    void aNameIsOneThatAReferenceCanHave() {
        assertThat(Schema.text().named("Node-Status_1.0").name()).contains("Node-Status_1.0");
        for (String name : new String[] {"", "a b", "a/b", "ä"}) {
            assertThatThrownBy(() -> Schema.text().named(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }
}
