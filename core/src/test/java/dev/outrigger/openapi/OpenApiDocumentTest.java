package dev.outrigger.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.http.Access;
import dev.outrigger.http.AuthScheme;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

    private static final Handler HANDLER = request -> Response.empty(204);
    private static final Schema CART =
            Schema.object().field("id", Schema.whole()).named("Cart");

    private static final Route PING = Route.get("/ping")
            .access(Access.PROBE)
            .summary("Answers pong")
            .describedBy(Operation.of("health").answers(200, "It answers.", Response.TEXT, Schema.text()))
            .handledBy(HANDLER);
    private static final Route CARTS = Route.writing(Method.PUT, "/carts/{id}")
            .describedBy(Operation.of("carts")
                    .details("Twice is as once.")
                    .path("id", Schema.whole())
                    .query("dry", Schema.truth(), "Changes nothing.")
                    .takes(CART)
                    .answers(200, "The cart.", Response.JSON, CART)
                    .refuses(404, "There is none."))
            .handledBy(HANDLER);
    private static final Route HOSTS = Route.get("/hosts/own").handledBy(HANDLER);

    private static String written(CallerRules callers, Route... routes) {
        return new String(OpenApiDocument.of("Carts", "1.0", RouteTable.of("/ops", List.of(routes)), callers), UTF_8);
    }

    private static CallerRules rules(boolean certificateDemanded, AuthScheme... schemes) {
        return new CallerRules(Set.of(schemes), certificateDemanded, route -> route.access() != Access.PROBE);
    }

    private static String security(CallerRules callers, Route route) {
        String document = written(callers, route);
        int start = document.indexOf("      security:\n");
        return document.substring(start, document.indexOf("components:"));
    }

    private static String expected(String file) throws IOException {
        try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        }
    }

    @Test
    void aTableIsToldInItsOrder() throws Exception {
        assertThat(written(rules(false, AuthScheme.BEARER_TOKEN), PING, CARTS)).isEqualTo(expected("carts.yaml"));
    }

    @Test
    void whereNobodyIsAskedThereIsNoWordOfSecurity() {
        assertThat(written(CallerRules.OPEN, PING, CARTS))
                .doesNotContain("security", "401")
                .contains("403");
    }

    @Test
    void aRouteThatNobodyHasDescribedIsThereAllTheSame() {
        assertThat(written(CallerRules.OPEN, HOSTS)).contains("""
                  /ops/hosts/own:
                    get:
                      operationId: get_hosts_own
                      tags:
                        - host
                      responses:
                        default:
                          description: "What the host answers."
                """);
    }

    @Test
    void eitherProofWillDo() {
        assertThat(security(rules(false, AuthScheme.BEARER_TOKEN, AuthScheme.CLIENT_CERTIFICATE), HOSTS))
                .isEqualTo("""
                      security:
                        - bearer:
                            - read
                        - certificate:
                            - read
                """);
    }

    @Test
    void aCertificateThatIsDemandedIsNeededBesidesTheToken() {
        assertThat(security(rules(true, AuthScheme.BEARER_TOKEN), HOSTS)).isEqualTo("""
                      security:
                        - bearer:
                            - read
                          certificate: []
                """);
        assertThat(security(rules(true, AuthScheme.BEARER_TOKEN), PING)).startsWith("""
                      security:
                        - certificate: []
                        - bearer:
                """);
    }

    @Test
    void noTwoOperationsHaveOneName() {
        assertThat(written(
                        CallerRules.OPEN,
                        Route.get("/a-b").handledBy(HANDLER),
                        Route.get("/a/b").handledBy(HANDLER),
                        Route.get("/").handledBy(HANDLER)))
                .contains("operationId: get_a_b\n", "operationId: get_a_b_2\n", "operationId: get_root\n");
    }

    @Test
    void aShapeThatRefersToOthersBringsThem() {
        Schema outer = Schema.object().field("cart", CART).named("Outer");
        assertThat(written(
                        CallerRules.OPEN,
                        Route.get("/outer")
                                .describedBy(Operation.of("carts").answers(200, "It.", Response.JSON, outer))
                                .handledBy(HANDLER)))
                .contains("    Cart:\n", "    Outer:\n");
    }

    @Test
    void twoShapesOfOneNameAreRefused() {
        Schema other = Schema.text().named("Cart");
        assertThatThrownBy(() -> written(
                        CallerRules.OPEN,
                        CARTS,
                        Route.get("/other")
                                .describedBy(Operation.of("carts").answers(200, "It.", Response.JSON, other))
                                .handledBy(HANDLER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schema: Cart (expected: one shape of that name)");
    }
}
