package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.openapi.CallerRules;
import dev.outrigger.openapi.OpenApiDocument;
import dev.outrigger.schema.Schema;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves {@code GET /openapi.yaml}: every route there is, in the words of OpenAPI 3.1. Made once, of the table that dispatches. */
public final class OpenApiRoute implements Handler {

    private static final String YAML = "application/yaml";
    private static final String TITLE = "Outrigger ops sidecar";

    private static final Operation OPERATION =
            Operation.of("documentation").answers(200, "This document.", YAML, Schema.text());

    private final String version;
    private final Supplier<RouteTable> table;
    private final CallerRules callers;

    /** Written by whoever is first; others write an equal one. */
    private volatile @Nullable CompleteResponse answer;

    private OpenApiRoute(String version, Supplier<RouteTable> table, CallerRules callers) {
        this.version = requireNonNull(version, "version");
        this.table = requireNonNull(table, "table");
        this.callers = requireNonNull(callers, "callers");
    }

    /**
     * Makes the route.
     *
     * @param version of the host, whose routes are in the document too
     * @param table asked at the first request, once every route is known
     */
    public static Route of(String version, Supplier<RouteTable> table, CallerRules callers) {
        return Route.get("/openapi.yaml")
                .summary("All routes as an OpenAPI document")
                .describedBy(OPERATION)
                .handledBy(new OpenApiRoute(version, table, callers));
    }

    @Override
    public Response handle(Request request) {
        CompleteResponse known = answer;
        if (known == null) {
            known = Response.of(200, YAML, OpenApiDocument.of(TITLE, version, table.get(), callers));
            answer = known;
        }
        return known;
    }
}
