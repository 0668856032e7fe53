package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Access;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.RequestMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryRouteTest {

    private static final Handler HANDLER = request -> Response.empty(204);

    private final RequestMetrics requests = new RequestMetrics("test", List.of("GET", "HEAD", "PUT", "OPTIONS"));

    private String told(List<OptionalRoute> optional, Route... routes) throws Exception {
        RouteTable table = RouteTable.of("/ops", List.of(routes));
        return ProbeClient.told(RegistryRoute.of(() -> table, optional, requests)
                .handler()
                .handle(FakeRequest.get("/router/registry")));
    }

    @Test
    void theTableIsListedInItsOrderWithWhoMayCallAndHowOftenItWas() throws Exception {
        requests.meter("/carts/{id}").record(0, 200, 1);
        requests.meter("/carts/{id}").record(0, 404, 1);
        requests.meter("/carts/{id}").record(1, 200, 1);
        requests.meter("/carts/{id}").record(2, 200, 1);
        requests.meter("/carts/{id}").record(3, 204, 1);

        assertThat(told(
                        List.of(),
                        Route.get("/ready")
                                .access(Access.PROBE)
                                .summary("Ready?")
                                .handledBy(HANDLER),
                        Route.writing(Method.PUT, "/carts/{id}").handledBy(HANDLER),
                        Route.get("/carts/{id}").summary("A cart").handledBy(HANDLER)))
                .isEqualTo("""
                        200 {"routes":[\
                        {"method":"GET","path":"/ops/ready","class":"P","enabled":true,"summary":"Ready?","requests_total":0},\
                        {"method":"GET","path":"/ops/carts/{id}","class":"R","enabled":true,"summary":"A cart","requests_total":3},\
                        {"method":"PUT","path":"/ops/carts/{id}","class":"W","enabled":true,"summary":"","requests_total":1}\
                        ]}""");
    }

    @Test
    void whatIsOffIsListedAsOffUnlessTheTableHasSuchARoute() throws Exception {
        assertThat(told(
                        List.of(OptionalRoute.ADMIN_THREADS, OptionalRoute.ADMIN_JFR),
                        Route.get("/admin/jfr").handledBy(HANDLER),
                        Route.get("/admin/threads").handledBy(HANDLER)))
                .endsWith("""
                        {"method":"POST","path":"/ops/admin/jfr","class":"W","enabled":false,"summary":"Records the process \
                        with the Flight Recorder, and answers with the recording","requests_total":0}]}""")
                .containsOnlyOnce("/admin/threads");
    }
}
