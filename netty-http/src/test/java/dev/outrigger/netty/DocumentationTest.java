package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Authenticator;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import dev.outrigger.ops.OptionalRoute;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The registry and the OpenAPI document of a sidecar, as its settings make them. */
final class DocumentationTest {

    private static final String READER = "Bearer r3ad";

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1")
                .version("1.2")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO);
    }

    private static String told(OpsSidecarBuilder builder, String path) {
        try (OpsSidecar sidecar = builder.start()) {
            HttpResponse<String> answer = Probing.get(sidecar, path, "Authorization", READER);
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    @Test
    void bothAreForReaders() {
        try (OpsSidecar sidecar =
                builder().auth(BearerAuth.of("reader", "r3ad", Right.READ)).start()) {
            for (String path : new String[] {"/router/registry", "/openapi.yaml"}) {
                assertThat(Probing.code(sidecar, path)).isEqualTo(401);
                assertThat(Probing.get(sidecar, path, "Authorization", READER).statusCode())
                        .isEqualTo(200);
            }
            assertThat(Probing.get(sidecar, "/openapi.yaml", "Authorization", READER)
                            .headers()
                            .firstValue("Content-Type"))
                    .hasValue("application/yaml");
        }
    }

    @Test
    void whatIsOffIsListedAsOffAndIsInNoDocument() {
        OpsSidecarBuilder some = builder().enable(OptionalRoute.ADMIN_THREADS);
        try (OpsSidecar sidecar = some.start()) {
            String registry = Probing.get(sidecar, "/router/registry").body();
            assertThat(registry)
                    .contains("\"path\":\"/admin/threads\",\"class\":\"R\",\"enabled\":true")
                    .contains("\"path\":\"/admin/transitions\",\"class\":\"R\",\"enabled\":false")
                    .contains("\"path\":\"/admin/jfr\",\"class\":\"W\",\"enabled\":false")
                    .doesNotContain("/cluster/"); // What is off needs a cluster to be switched on.
            assertThat(Probing.get(sidecar, "/openapi.yaml").body())
                    .contains("  /admin/threads:\n")
                    .doesNotContain("/admin/transitions", "/admin/jfr");
            assertThat(Probing.code(sidecar, "/admin/transitions")).isEqualTo(404);
        }
        assertThat(told(builder().cluster(new FakeCluster()), "/router/registry"))
                .contains("\"path\":\"/cluster/leave\",\"class\":\"W\",\"enabled\":false")
                .contains("\"path\":\"/cluster/down\",\"class\":\"W\",\"enabled\":false");
    }

    @Test
    void prefixesStandBeforeThePaths() {
        OpsSidecarBuilder prefixed = builder().pathPrefix("/ops").adminPrefix("/admin/v2");
        assertThat(told(prefixed, "/ops/router/registry")).contains("\"path\":\"/ops/admin/v2/status\"");
        assertThat(told(prefixed, "/ops/openapi.yaml")).contains("\n  /ops/admin/v2/status:\n", "\n  /ops/ready:\n");
    }

    @Test
    void theHostsOwnRoutesAreThereToo() {
        OpsSidecarBuilder hosts = builder()
                .route(Route.get("/carts/{id}").summary("A cart").handledBy(request -> Response.text(200, "cart")));
        assertThat(told(hosts, "/openapi.yaml"))
                .contains("  version: \"1.2\"\n")
                .contains("""
                  "/carts/{id}":
                    get:
                      operationId: get_carts_id
                      summary: "A cart"
                      tags:
                        - host
                      parameters:
                        - name: id
                """);
        assertThat(told(hosts, "/router/registry")).contains("""
                {"method":"GET","path":"/carts/{id}","class":"R","enabled":true,"summary":"A cart","requests_total":0}""");
    }

    @Test
    void securityIsToldAsItIs() {
        assertThat(told(builder(), "/openapi.yaml")).doesNotContain("securitySchemes", "security:");
        Authenticator tokens = BearerAuth.of("reader", "r3ad", Right.READ);
        assertThat(told(builder().auth(tokens).anonymous("/health/cluster"), "/openapi.yaml"))
                .contains("securitySchemes:\n    bearer:\n")
                .containsPattern("(?s)  /health/cluster:.{1,900}security:\n        - \\{}\n        - bearer:\n")
                .containsPattern("(?s)  /ping:.{1,900}security:\n        - \\{}\n        - bearer:\n");
        assertThat(told(builder().auth(tokens).protectProbes(), "/openapi.yaml"))
                .doesNotContain("- {}");
    }
}
