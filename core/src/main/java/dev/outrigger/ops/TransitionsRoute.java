package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.Transition;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;

/**
 * Serves {@code GET /admin/transitions}, for authorised readers: the last changes of verdict, oldest first.
 *
 * <pre>
 *   {"transitions":[{"time":"…","subject":"check:disk","from":"healthy","to":"hung","reason":"…","stack":[…]}]}
 * </pre>
 */
public final class TransitionsRoute implements Handler {

    private static final Schema TRANSITION = Schema.object()
            .field("time", Schema.time())
            .field("subject", Schema.text())
            .field("from", Schema.text())
            .field("to", Schema.text())
            .field("reason", Schema.text().orNull())
            .field("stack", Schema.listOf(Schema.text()))
            .named("Transition");

    private static final Operation OPERATION = Operation.of("diagnostics")
            .answers(
                    200,
                    "The last changes, oldest first.",
                    Response.JSON,
                    Schema.object()
                            .field("transitions", Schema.listOf(TRANSITION))
                            .named("Transitions"));

    private final HealthMonitor monitor;

    private TransitionsRoute(HealthMonitor monitor) {
        this.monitor = requireNonNull(monitor, "monitor");
    }

    /** Makes the route of a monitor. */
    public static Route of(HealthMonitor monitor) {
        return OptionalRoute.ADMIN_TRANSITIONS.draft().describedBy(OPERATION).handledBy(new TransitionsRoute(monitor));
    }

    @Override
    public Response handle(Request request) {
        return Response.json(
                200,
                JsonWriter.object(json -> json.array(
                        "transitions",
                        list -> monitor.transitions()
                                .forEach(transition -> list.element(fields -> write(fields, transition))))));
    }

    private static void write(JsonWriter fields, Transition transition) {
        fields.field("time", transition.time())
                .field("subject", transition.subject())
                .field("from", transition.from())
                .field("to", transition.to())
                .field("reason", transition.reason().isEmpty() ? null : transition.reason())
                .texts("stack", transition.stack());
    }
}
