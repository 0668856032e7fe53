package dev.outrigger.ops;

import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.schema.Schema;
import dev.outrigger.shard.ShardStatus;

/** What the probes take and answer, for the documentation. */
final class HealthOperations {

    private static final String HEALTH_TAG = "health";
    private static final Schema NAMES = Schema.listOf(Schema.text());
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private HealthOperations() {}

    static Operation constant(String word) {
        return Operation.of(HEALTH_TAG).answers(OK, "The process answers.", Response.TEXT, Schema.oneOf(word));
    }

    static Operation quick() {
        Operation quick = Operation.of(HEALTH_TAG)
                .query("drain", Schema.oneOf("404"), "404 instead of 503 when draining is all that is wrong.")
                .answers(OK, "A balancer should send traffic here.", Response.TEXT, Schema.oneOf("OK"))
                .answers(404, "Draining is all that is wrong.", Response.TEXT, Schema.oneOf("UNAVAILABLE"))
                .answers(
                        UNAVAILABLE,
                        "A balancer should send no traffic here.",
                        Response.TEXT,
                        Schema.oneOf("UNAVAILABLE"));
        return waiting(quick);
    }

    static Operation health() {
        Operation health = Operation.of(HEALTH_TAG)
                .query("shards", Schema.oneOf("false"), "Leaves the array of shards out.")
                .query(
                        "shard_status",
                        Schema.oneOf(ShardStatus.values(), ShardStatus::word),
                        "Only shards of this status.")
                .query("limit", Schema.whole(0, Integer.MAX_VALUE), "At most so many shards.")
                .query("after", Schema.whole(-1, Integer.MAX_VALUE), "Only shards with a higher id.");
        Operation answering = report(
                report(health, OK, "The process is live.", ReportDocuments.HEALTH)
                        .refuses(400, "A parameter of the page of shards makes no sense."),
                UNAVAILABLE,
                "A critical liveness check failed.",
                ReportDocuments.HEALTH);
        return waiting(selecting(answering, ReportDocuments.HEALTH).refuses(404, "No such check to select."));
    }

    static Operation ready() {
        Operation ready = Operation.of(HEALTH_TAG)
                .query("drain", Schema.oneOf("404"), "404 instead of 503 when draining is all that is wrong.");
        Operation answering = report(
                report(
                        report(ready, OK, "The node is ready.", ReportDocuments.READY),
                        404,
                        "Draining is all that is wrong; or there is no such check to select.",
                        Schema.either(ReportDocuments.READY, Problem.SCHEMA)),
                UNAVAILABLE,
                "The node is not ready, for the reasons given.",
                ReportDocuments.READY);
        return waiting(selecting(answering, ReportDocuments.READY));
    }

    static Operation startup() {
        return waiting(Operation.of(HEALTH_TAG)
                .answers(OK, "The node has started.", Response.JSON, ReportDocuments.STARTUP)
                .answers(UNAVAILABLE, "The node is starting.", Response.JSON, ReportDocuments.STARTUP));
    }

    static Operation check() {
        return Operation.of(HEALTH_TAG)
                .answers(OK, "The check is good.", Response.JSON, CheckDocument.NAMED_SCHEMA)
                .answers(UNAVAILABLE, "The check is not good.", Response.JSON, CheckDocument.NAMED_SCHEMA)
                .refuses(404, "There is no such check.");
    }

    /** In each of the forms that a reader may ask for. */
    private static Operation report(Operation operation, int status, String description, Schema json) {
        return operation
                .answers(status, description, Response.JSON, json)
                .answers(status, description, Response.TEXT, Schema.text())
                .answers(status, description, DraftDocument.MEDIA_TYPE, DraftDocument.SCHEMA);
    }

    private static Operation selecting(Operation operation, Schema json) {
        Operation selecting = operation
                .query("only", NAMES, "The verdict over these checks.")
                .query("exclude", NAMES, "The verdict without these checks.")
                .query("verbose", Schema.text(), "As text, with a line for each check.")
                .query("degraded", Schema.oneOf("429"), "429 instead of 200 when degraded.");
        return report(selecting, 429, "Degraded, and asked to tell so.", json);
    }

    private static Operation waiting(Operation operation) {
        return operation
                .header("Prefer", Schema.text(), "wait=N waits up to N seconds (1 to 60) for another verdict.")
                .header("If-None-Match", Schema.text(), "The ETag of the verdict that is known.")
                .answers(304, "The verdict is the same after that wait.");
    }
}
