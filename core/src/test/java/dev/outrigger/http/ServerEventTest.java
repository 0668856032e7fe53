package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEventTest {

    private static String encoded(ServerEvent event) {
        return new String(event.encode(), UTF_8);
    }

    @Test
    void aFieldIsALineAndAnEmptyLineEndsTheEvent() {
        assertThat(encoded(ServerEvent.of(7, "job", "{\"id\":1}")))
                .isEqualTo("id: 7\nevent: job\ndata: {\"id\":1}\n\n");
    }

    @Test
    void whatIsNotToldHasNoLine() {
        assertThat(encoded(ServerEvent.of("plain"))).isEqualTo("data: plain\n\n");
        assertThat(encoded(ServerEvent.of("job", "plain"))).isEqualTo("event: job\ndata: plain\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n\nc\n", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc\r", "a\r\nb\r\rc\n"})
    void eachLineOfTheDataIsALine(String data) {
        assertThat(encoded(ServerEvent.of(data))).isEqualTo("data: a\ndata: b\ndata: \ndata: c\ndata: \n\n");
    }

    @Test
    void noLineOfTheDataIsTakenForAField() {
        assertThat(encoded(ServerEvent.of("a\nid: 9\n:b"))).isEqualTo("data: a\ndata: id: 9\ndata: :b\n\n");
    }

    @Test
    void anEventWithoutDataIsAnEventStill() {
        assertThat(encoded(ServerEvent.of("ping", ""))).isEqualTo("event: ping\ndata: \n\n");
    }

    @Test
    void spacesAndOtherAlphabetsArriveAsTheyAre() {
        assertThat(encoded(ServerEvent.of(" \u00e4\u20ac "))).isEqualTo("data:  \u00e4\u20ac \n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\r\n"})
    void aTypeWithLineBreaksIsRefused(String type) {
        assertThatThrownBy(() -> ServerEvent.of(type, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("event: '")
                .hasMessageEndingWith("' (expected: no line breaks)")
                .hasMessageNotContainingAny("\r", "\n");
    }
}
