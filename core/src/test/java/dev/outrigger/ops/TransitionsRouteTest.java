package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.DrivenMonitor;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.Access;
import dev.outrigger.http.Route;
import org.junit.jupiter.api.Test;

class TransitionsRouteTest {

    @Test
    void changesOfVerdictAreToldToAuthorisedReaders() throws Exception {
        ReadinessGate gate = ReadinessGate.opened("recovery");
        DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder().gate(gate));
        gate.close("again");
        Route route = TransitionsRoute.of(driven.monitor);

        assertThat(route.access()).isEqualTo(Access.READ);
        assertThat(ProbeClient.told(route.handler().handle(FakeRequest.get("/admin/transitions"))))
                .isEqualTo("""
                        200 {"transitions":[\
                        {"time":"2026-11-21T12:00:00.000Z","subject":"lifecycle","from":"starting","to":"running",\
                        "reason":null,"stack":[]},\
                        {"time":"2026-11-21T12:00:00.000Z","subject":"ready","from":"not_ready","to":"ready",\
                        "reason":null,"stack":[]},\
                        {"time":"2026-11-21T12:00:00.000Z","subject":"ready","from":"ready","to":"not_ready",\
                        "reason":"gate:recovery","stack":[]}]}""");
    }
}
