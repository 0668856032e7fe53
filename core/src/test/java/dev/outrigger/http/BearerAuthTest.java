package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthTest {

    private final BearerAuth auth =
            BearerAuth.of("reader", "read-me", Right.READ).and("writer", "write-me==", Right.WRITE);

    private static FakeRequest authorization(String... values) {
        return FakeRequest.with("Authorization", values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer read-me", "bearer read-me", "BEARER read-me"})
    void theSchemeIsReadInAnyCase(String value) {
        assertThat(auth.authenticate(authorization(value))).contains(new Principal("reader", Right.READ));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer  read-me",
                "Bearer read-me ",
                "Bearer READ-ME",
                "Bearer read-m",
                "Bearer read-me1",
                "Bearer read-me,write-me==",
                "Bearerread-me",
                "Basic read-me",
                "read-me",
                ""
            })
    void whatIsNotATokenToTheLetterProvesNothing(String value) {
        assertThat(auth.authenticate(authorization(value))).isEmpty();
    }

    @Test
    void twoHeadersProveNothing() {
        assertThat(auth.authenticate(authorization("Bearer read-me", "Bearer read-me")))
                .isEmpty();
        assertThat(auth.authenticate(authorization())).isEmpty();
    }

    @Test
    void bothTokensAreGoodWhileOneReplacesTheOther() {
        BearerAuth rotating = BearerAuth.of("ops", "old", Right.WRITE).and("ops", "new", Right.WRITE);
        assertThat(rotating.authenticate(authorization("Bearer old"))).isPresent();
        assertThat(rotating.authenticate(authorization("Bearer new"))).isPresent();
    }

    @Test
    void anotherTokenLeavesTheFirstAuthenticatorAsItWas() {
        BearerAuth one = BearerAuth.of("ops", "old", Right.WRITE);
        assertThat(one.and("ops", "new", Right.WRITE)).isNotSameAs(one);
        assertThat(one.authenticate(authorization("Bearer new"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a ", "\u00e4", "a\n", "=", "a=b"})
    void aTokenThatNoHeaderCouldCarryIsRefusedAndNotRepeated(String token) {
        assertThatThrownBy(() -> BearerAuth.of("ops", token, Right.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token 'ops': blank or malformed (expected: letters, digits and ._~+/- only)");
    }

    @Test
    void aTokenHasAName() {
        assertThatThrownBy(() -> BearerAuth.of(" ", "secret", Right.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whoMayWriteMayRead() {
        assertThat(Right.WRITE.permits(Access.READ)).isTrue();
        assertThat(Right.WRITE.permits(Access.WRITE)).isTrue();
        assertThat(Right.READ.permits(Access.PROBE)).isTrue();
        assertThat(Right.READ.permits(Access.READ)).isTrue();
        assertThat(Right.READ.permits(Access.WRITE)).isFalse();
    }
}
