package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void valuesAreDecodedAndKeepTheirOrder() {
        Query query = Query.parse("a=1&b=x%20y+z&a=2&name%5B%5D=up&c=%26%3D%2B&a=3=4");
        assertThat(query.all("a")).containsExactly("1", "2", "3=4");
        assertThat(query.first("a")).contains("1");
        assertThat(query.first("b")).contains("x y z");
        assertThat(query.all("name[]")).containsExactly("up");
        assertThat(query.first("c")).contains("&=+");
    }

    @Test
    void aParameterWithoutAValueIsThereAndEmpty() {
        Query query = Query.parse("verbose&only=&&=x&");
        assertThat(query.has("verbose")).isTrue();
        assertThat(query.first("verbose")).contains("");
        assertThat(query.first("only")).contains("");
        assertThat(query.has("")).isFalse();
    }

    @Test
    void aParameterThatWasNotSentIsAbsent() {
        assertThat(Query.parse("a=1").has("b")).isFalse();
        assertThat(Query.parse("a=1").first("A")).isEmpty();
        assertThat(Query.empty().all("a")).isEmpty();
        assertThat(Query.parse("").isEmpty()).isTrue();
        assertThat(Query.parse("&").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%z1", "%=a", "a=%00", "a=%ff", "b&a=%2"})
    void malformedPercentEncodingIsTheClientsError(String raw) {
        assertBadRequest(() -> Query.parse(raw));
    }

    @Test
    void aNumberIsWholeAndWithinItsBounds() {
        assertThat(Query.parse("n=1").number("n", 1, 60)).hasValue(1);
        assertThat(Query.parse("n=60").number("n", 1, 60)).hasValue(60);
        assertThat(Query.parse("m=60").number("n", 1, 60)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "61", "-1", "", "1.5", "x", "99999999999", "1 ", "0x1", "%2B7", "%D9%A3"})
    void anythingElseIsTheClientsError(String number) {
        assertBadRequest(() -> Query.parse("n=" + number).number("n", 1, 60));
    }

    private static void assertBadRequest(Runnable parsing) {
        assertThatThrownBy(parsing::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(400));
    }
}
