package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootRouteTest {

    @Test
    void theRootListsTheRoutes() throws Exception {
        Route ready = Route.get("/ready").summary("Ready?").handledBy(request -> Response.text(200, ""));
        Route leave =
                Route.writing(Method.POST, "/ready").summary("Leave").handledBy(request -> Response.text(200, ""));
        RouteTable table = RouteTable.of("/ops", List.of(ready, leave));

        Response answer = RootRoute.of("node0", "1.2", () -> table).handler().handle(FakeRequest.get("/"));

        assertThat(ProbeClient.told(answer)).isEqualTo("""
                200 {"message":"Outrigger is running","node_id":"node0","version":"1.2",\
                "routes":[{"path":"/ops/ready","methods":["GET","POST"],"summary":"Ready?"}]}""");
    }
}
