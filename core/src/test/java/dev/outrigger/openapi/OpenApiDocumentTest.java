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
import java.util.List;
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
        return new String(
                OpenApiDocument.of("Carts", "1.0", RouteTable.of("/ops", List.of(routes)), callers), UTF_8);
    }

    private static CallerRules rules(boolean certificateDemanded, AuthScheme... schemes) {
        return new CallerRules(
                Set.of(schemes), certificateDemanded, route -> route.access() != Access.PROBE);
    }

    private static String security(CallerRules callers, Route route) {
        String document = written(callers, route);
        int start = document.indexOf("      security:\n");
        return document.substring(start, document.indexOf("components:"));
    }

    @Test
    void aTableIsToldInItsOrder() {
        assertThat(written(rules(false, AuthScheme.BEARER_TOKEN), PING, CARTS)).isEqualTo("""
                openapi: "3.1.0"
                info:
                  title: Carts
                  version: "1.0"
                tags:
                  - name: health
                  - name: carts
                paths:
                  /ops/ping:
                    get:
                      operationId: get_ping
                      summary: "Answers pong"
                      tags:
                        - health
                      responses:
                        "200":
                          description: "It answers."
                          content:
                            text/plain:
                              schema:
                                type: string
                        default:
                          "$ref": "#/components/responses/Problem"
                      security:
                        - {}
                        - bearer:
                            - read
                  "/ops/carts/{id}":
                    put:
                      operationId: put_carts_id
                      description: "Twice is as once."
                      tags:
                        - carts
                      parameters:
                        - name: id
                          in: path
                          required: true
                          schema:
                            type: integer
                            format: int64
                        - name: dry
                          in: query
                          description: "Changes nothing."
                          schema:
                            type: boolean
                      requestBody:
                        required: true
                        content:
                          application/json:
                            schema:
                              "$ref": "#/components/schemas/Cart"
                      responses:
                        "200":
                          description: "The cart."
                          content:
                            application/json:
                              schema:
                                "$ref": "#/components/schemas/Cart"
                        "401":
                          "$ref": "#/components/responses/Unauthorized"
                        "403":
                          "$ref": "#/components/responses/Forbidden"
                        "404":
                          description: "There is none."
                          content:
                            application/json:
                              schema:
                                "$ref": "#/components/schemas/Problem"
                        "413":
                          description: "The body is larger than 64 KiB."
                          content:
                            application/json:
                              schema:
                                "$ref": "#/components/schemas/Problem"
                        "415":
                          description: "The body is not declared as JSON."
                          content:
                            application/json:
                              schema:
                                "$ref": "#/components/schemas/Problem"
                        default:
                          "$ref": "#/components/responses/Problem"
                      security:
                        - bearer:
                            - write
                components:
                  responses:
                    Problem:
                      description: "Whatever else went wrong."
                      content:
                        application/json:
                          schema:
                            "$ref": "#/components/schemas/Problem"
                    Unauthorized:
                      description: "The caller has not proven who it is."
                      content:
                        application/json:
                          schema:
                            "$ref": "#/components/schemas/Problem"
                      headers:
                        WWW-Authenticate:
                          schema:
                            type: string
                    Forbidden:
                      description: "This caller may not do this, or not from here."
                      content:
                        application/json:
                          schema:
                            "$ref": "#/components/schemas/Problem"
                  schemas:
                    Cart:
                      type: object
                      properties:
                        id:
                          type: integer
                          format: int64
                      required:
                        - id
                    Problem:
                      type: object
                      properties:
                        error:
                          type: string
                        status:
                          type: integer
                          minimum: 400
                          maximum: 599
                        request_id:
                          type: string
                      required:
                        - error
                        - status
                        - request_id
                  securitySchemes:
                    bearer:
                      type: http
                      description: "A token with the right to read, or to write, which includes reading."
                      scheme: bearer
                """);
    }

    @Test
    void whereNobodyIsAskedThereIsNoWordOfSecurity() {
        assertThat(written(CallerRules.OPEN, PING, CARTS)).doesNotContain("security", "401").contains("403");
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
