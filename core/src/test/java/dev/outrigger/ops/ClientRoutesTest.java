package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.http.Access;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Route;
import dev.outrigger.trace.ClientTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientRoutesTest {

    private static final String BALANCER = "97e6a1c0-0c0d-3b1a-8f0e-000000000000";

    private final ClientTable table = new ClientTable(List.of("unmatched", "/ping", "/metrics"));
    private final List<Route> routes = ClientRoutes.of(() -> table);

    private void call(String address, String agent, @Nullable String principal, int route, boolean error, long millis) {
        byte[] bytes = agent.getBytes(US_ASCII);
        table.find(null, address, bytes, 0, bytes.length, principal).record(route, error, 150, 4_096, millis);
    }

    @Test
    void nobodyHasCalledYet() throws Exception {
        assertThat(all()).isEqualTo("200 {\"clients\":[]}");
        assertThat(routes).extracting(Route::access).containsOnly(Access.READ);
    }

    @Test
    void clientsAreListedWithTheirFigures() throws Exception {
        call("192.0.2.1", "haproxy", null, 1, false, 1_000);
        call("192.0.2.1", "haproxy", null, 1, true, 2_000);
        call("192.0.2.2", "", "operator", 2, false, 3_000);
        String first = id(0);
        String second = id(1);
        assertThat(all())
                .isEqualTo("200 {\"clients\":["
                        + "{\"id\":\"" + first
                        + "\",\"address\":\"192.0.2.2\",\"user_agent\":null,\"principal\":\"operator\","
                        + "\"requests\":1,\"errors\":0,\"bytes_sent\":150,"
                        + "\"first_seen\":\"1970-01-01T00:00:03.000Z\",\"last_seen\":\"1970-01-01T00:00:03.000Z\","
                        + "\"latency_ms\":{\"p50\":0.004,\"p99\":0.004,\"max\":0.004}},"
                        + "{\"id\":\"" + second
                        + "\",\"address\":\"192.0.2.1\",\"user_agent\":\"haproxy\",\"principal\":null,"
                        + "\"requests\":2,\"errors\":1,\"bytes_sent\":300,"
                        + "\"first_seen\":\"1970-01-01T00:00:01.000Z\",\"last_seen\":\"1970-01-01T00:00:02.000Z\","
                        + "\"latency_ms\":{\"p50\":0.004,\"p99\":0.004,\"max\":0.004}}]}");
    }

    @Test
    void oneClientIsToldByRoute() throws Exception {
        call("192.0.2.1", "haproxy", null, 1, false, 1_000);
        call("192.0.2.1", "haproxy", null, 0, true, 2_000);
        assertThat(one(id(0)))
                .isEqualTo("200 {\"id\":\"" + id(0)
                        + "\",\"address\":\"192.0.2.1\",\"user_agent\":\"haproxy\",\"principal\":null,"
                        + "\"requests\":2,\"errors\":1,\"bytes_sent\":300,"
                        + "\"first_seen\":\"1970-01-01T00:00:01.000Z\",\"last_seen\":\"1970-01-01T00:00:02.000Z\","
                        + "\"latency_ms\":{\"p50\":0.004,\"p99\":0.004,\"max\":0.004},\"routes\":["
                        + "{\"route\":\"unmatched\",\"requests\":1,\"errors\":1,\"bytes_sent\":150,"
                        + "\"first_seen\":\"1970-01-01T00:00:02.000Z\",\"last_seen\":\"1970-01-01T00:00:02.000Z\","
                        + "\"latency_ms\":{\"p50\":0.004,\"p99\":0.004,\"max\":0.004}},"
                        + "{\"route\":\"/ping\",\"requests\":1,\"errors\":0,\"bytes_sent\":150,"
                        + "\"first_seen\":\"1970-01-01T00:00:01.000Z\",\"last_seen\":\"1970-01-01T00:00:01.000Z\","
                        + "\"latency_ms\":{\"p50\":0.004,\"p99\":0.004,\"max\":0.004}}]}");
    }

    @Test
    void anUnknownClientIsNotFound() {
        assertThatThrownBy(() -> one(BALANCER))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(404));
    }

    @Test
    void theSameClientHasTheSameIdAfterARestart() {
        call("192.0.2.1", "haproxy", null, 1, false, 1_000);
        assertThat(id(0)).isEqualTo("e268d5b6-495a-3fdc-9c17-eb2061e0f0d6");
    }

    private String id(int place) {
        return table.reports().get(place).id();
    }

    private String all() throws Exception {
        return ProbeClient.told(routes.get(0).handler().handle(FakeRequest.get("/admin/clients")));
    }

    private String one(String id) throws Exception {
        return ProbeClient.told(routes.get(1)
                .handler()
                .handle(FakeRequest.get("/admin/clients/" + id).parameters(Map.of("id", id))));
    }
}
