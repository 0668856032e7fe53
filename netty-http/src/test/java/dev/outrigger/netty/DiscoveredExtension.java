package dev.outrigger.netty;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthResult;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.ops.Extension;
import dev.outrigger.ops.Registrar;

/** An extension as one finds it on a class path. */
public final class DiscoveredExtension implements Extension {

    @Override
    public void install(Registrar registrar) {
        registrar
                .check("discovered", CheckOptions.readiness(), HealthResult::healthy)
                .route(Route.get("/discovered").handledBy(request -> Response.text(200, "found")));
    }
}
