package dev.outrigger.ops;

import dev.outrigger.health.CheckReport;
import dev.outrigger.health.HealthReport;
import dev.outrigger.health.HealthStatus;
import dev.outrigger.health.Progress;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import dev.outrigger.shard.ShardCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the JSON documents that a report is told in, but for the array of shards. */
final class ReportDocuments {

    /** What {@code /health} answers. */
    static final Schema HEALTH = Schema.object()
            .field("ok", Schema.truth())
            .field("status", Schema.oneOf(HealthStatus.values(), HealthStatus::word))
            .field("node_id", Schema.text())
            .field("uptime_seconds", Schema.whole())
            .field("total_shards", Schema.whole().orNull())
            .field("active_shards", Schema.whole().orNull())
            .field("checks", Schema.mapOf(CheckDocument.SCHEMA))
            .optional("shards", Schema.listOf(ShardArray.SCHEMA).orNull())
            .field("warnings", Schema.listOf(Schema.text()))
            .named("Health");

    /** What {@code /ready} answers. */
    static final Schema READY = progressing(Schema.object(), "ready", "not_ready")
            .field("checks", Schema.mapOf(CheckDocument.SCHEMA))
            .field("warnings", Schema.listOf(Schema.text()))
            .named("Readiness");

    /** What {@code /startup} answers. */
    static final Schema STARTUP =
            progressing(Schema.object(), "started", "starting").named("Startup");

    private final String nodeId;

    ReportDocuments(String nodeId) {
        this.nodeId = nodeId;
    }

    private static Schema progressing(Schema object, String good, String bad) {
        Schema progress = Schema.object()
                .field("done", Schema.whole())
                .field("total", Schema.whole().orNull())
                .field("phase", Schema.text())
                .named("Progress");
        return object.field("ok", Schema.truth())
                .field("status", Schema.oneOf(good, bad))
                .field("reasons", Schema.listOf(Schema.text()))
                .field("progress", progress.orNull());
    }

    /** {@code {"ok":…,"status":…,"node_id":…,…,"checks":{…}}}, to which shards and warnings are still to be added. */
    byte[] health(View view, Sight sight) {
        HealthReport report = view.report();
        return JsonWriter.object(json -> {
            json.field("ok", view.isLive())
                    .field("status", report.status().word())
                    .field("node_id", nodeId)
                    .field("uptime_seconds", report.uptime().toSeconds());
            writeCounts(json, report.shards().counts());
            writeChecks(json, report, sight);
        });
    }

    /** {@code {"ok":…,"status":"ready"|"not_ready","reasons":[…],"progress":…,"checks":{…},"warnings":[…]}}. */
    byte[] ready(View view, Sight sight, List<String> warnings) {
        return JsonWriter.object(json -> {
            json.field("ok", view.isReady())
                    .field("status", view.isReady() ? "ready" : "not_ready")
                    .texts("reasons", view.reasons());
            writeProgress(json, view.report());
            writeChecks(json, view.report(), sight);
            json.texts("warnings", warnings);
        });
    }

    /** {@code {"ok":…,"status":"started"|"starting","reasons":[…],"progress":…}}. */
    byte[] startup(HealthReport report) {
        return JsonWriter.object(json -> {
            json.field("ok", report.started())
                    .field("status", report.started() ? "started" : "starting")
                    .texts("reasons", report.started() ? List.of() : waitingFor(report));
            writeProgress(json, report);
        });
    }

    /** {@code {"name":…,"ok":…,…}}: one check by itself, with what its route makes of it. */
    byte[] check(CheckReport check, boolean ok, Sight sight) {
        return JsonWriter.object(json -> {
            json.field("name", check.name());
            CheckDocument.write(json, check, ok, sight);
        });
    }

    private static List<String> waitingFor(HealthReport report) {
        List<String> reasons = new ArrayList<>(List.of("starting"));
        report.gates().stream().filter(gate -> !gate.hasBeenOpen()).forEach(gate -> reasons.add("gate:" + gate.name()));
        return reasons;
    }

    private static void writeCounts(JsonWriter json, Optional<ShardCounts> counts) {
        if (counts.isPresent()) {
            json.field("total_shards", counts.get().total())
                    .field("active_shards", counts.get().active());
        } else {
            json.nullField("total_shards").nullField("active_shards");
        }
    }

    private static void writeChecks(JsonWriter json, HealthReport report, Sight sight) {
        json.object("checks", checks -> {
            for (CheckReport check : report.checks()) {
                checks.object(
                        check.name(),
                        fields -> CheckDocument.write(
                                fields, check, check.status().isGood(), sight));
            }
        });
    }

    private static void writeProgress(JsonWriter json, HealthReport report) {
        Optional<Progress> progress = report.progress();
        if (progress.isEmpty()) {
            json.nullField("progress");
            return;
        }
        json.object("progress", fields -> {
            fields.field("done", progress.get().done());
            if (progress.get().total().isPresent()) {
                fields.field("total", progress.get().total().getAsLong());
            } else {
                fields.nullField("total");
            }
            fields.field("phase", progress.get().phase());
        });
    }
}
