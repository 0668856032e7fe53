package dev.outrigger.ops;

import dev.outrigger.health.CheckOutcome;
import dev.outrigger.health.CheckReport;
import dev.outrigger.health.HealthStatus;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.util.List;

/**
 * Writes a report in the form of the IETF draft "Health Check Response Format for HTTP APIs"
 * (draft-inadarei-api-health-check-06): {@code pass}, {@code warn} or {@code fail}, over all and for each check.
 */
final class DraftDocument {

    static final String MEDIA_TYPE = "application/health+json";

    private static final String PASS = "pass";
    private static final String WARN = "warn";
    private static final String FAIL = "fail";

    /** What it comes to. */
    static final Schema SCHEMA = Schema.object()
            .field("status", Schema.oneOf(PASS, WARN, FAIL))
            .field("serviceId", Schema.text())
            .field("notes", Schema.listOf(Schema.text()))
            .field("checks", Schema.mapOf(Schema.listOf(checkSchema())))
            .named("HealthDraft");

    private final String nodeId;

    DraftDocument(String nodeId) {
        this.nodeId = nodeId;
    }

    private static Schema checkSchema() {
        return Schema.object()
                .field("componentType", Schema.text())
                .field("status", Schema.oneOf(PASS, WARN, FAIL))
                .optional("observedValue", Schema.number())
                .optional("observedUnit", Schema.text())
                .optional("time", Schema.time())
                .optional("output", Schema.text());
    }

    static String liveness(View view) {
        return switch (view.report().status()) {
            case HEALTHY -> PASS;
            case DEGRADED -> WARN;
            case UNHEALTHY -> FAIL;
        };
    }

    static String readiness(View view) {
        if (!view.isReady()) {
            return FAIL;
        }
        return view.report().status() == HealthStatus.HEALTHY ? PASS : WARN;
    }

    byte[] write(String status, View view, Sight sight, List<String> warnings) {
        return JsonWriter.object(json -> json.field("status", status)
                .field("serviceId", nodeId)
                .texts("notes", warnings)
                .object(
                        "checks",
                        checks -> view.report()
                                .checks()
                                .forEach(check -> checks.array(
                                        check.name(),
                                        list -> list.element(fields -> writeCheck(fields, check, sight))))));
    }

    private static void writeCheck(JsonWriter json, CheckReport check, Sight sight) {
        json.field("componentType", "component").field("status", status(check));
        check.last().ifPresent(last -> {
            json.field("observedValue", CheckDocument.millis(last.duration()))
                    .field("observedUnit", "ms")
                    .field("time", last.time());
            writeOutput(json, last, sight);
        });
    }

    private static void writeOutput(JsonWriter json, CheckOutcome last, Sight sight) {
        if (sight == Sight.FULL) {
            last.message().ifPresent(message -> json.field("output", message));
        }
    }

    private static String status(CheckReport check) {
        return switch (check.status()) {
            case HEALTHY -> PASS;
            case DEGRADED, UNKNOWN -> WARN;
            case UNHEALTHY, HUNG, STALE -> check.options().critical() ? FAIL : WARN;
        };
    }
}
