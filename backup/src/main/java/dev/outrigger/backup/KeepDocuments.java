package dev.outrigger.backup;

import dev.outrigger.backup.keep.BackupEntry;
import dev.outrigger.backup.keep.BackupPage;
import dev.outrigger.backup.keep.Collected;
import dev.outrigger.backup.keep.ScrubResult;
import dev.outrigger.backup.keep.VerificationResult;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The documents of what is said about backups that are there. */
final class KeepDocuments {

    /** A job's result is bounded; whoever needs more of them looks at the log. */
    private static final int MAX_FINDINGS = 200;

    private static final int MAX_IDS = 500;

    private static final ManifestCodec UNSIGNED = new ManifestCodec(ManifestSignature.NONE);

    private KeepDocuments() {}

    static byte[] page(BackupPage page) {
        return JsonWriter.object(json -> json.array(
                        "backups",
                        list -> page.backups().forEach(entry -> list.element(fields -> write(fields, entry))))
                .field("truncated", page.truncated())
                .field("next", page.next().orElse(null)));
    }

    private static void write(JsonWriter json, BackupEntry entry) {
        json.field("backup_id", entry.id().value());
        entry.timestamp().ifPresentOrElse(time -> json.field("timestamp", time), () -> json.nullField("timestamp"));
        json.texts("tables", entry.tables().stream().map(TableName::value).toList())
                .field("location", entry.location());
        entry.product().ifPresent(product -> json.field(product.versionField(), product.version()));
        json.field("status", entry.status().word());
        entry.sizeBytes().ifPresentOrElse(size -> json.field("size_bytes", size), () -> json.nullField("size_bytes"));
    }

    /** A manifest, and what a verification said of it last: {@code {manifest, verification:{finished_at, result}|null}}. */
    static byte[] one(Manifest manifest, Optional<Task> verification) {
        return JsonWriter.object(json -> {
            json.encodedField("manifest", UNSIGNED.encode(manifest));
            verification.ifPresentOrElse(
                    job -> json.object(
                            "verification",
                            fields -> fields.field("job_id", job.id().value())
                                    .field("finished_at", job.finishedAt().orElse(job.updatedAt()))
                                    .encodedField(
                                            "result",
                                            job.result().json().orElse("null").getBytes(StandardCharsets.UTF_8))),
                    () -> json.nullField("verification"));
        });
    }

    static void write(JsonWriter json, VerificationResult result) {
        write(json, result, MAX_FINDINGS);
    }

    static void write(JsonWriter json, ScrubResult result) {
        int each = MAX_FINDINGS / Math.max(1, Math.min(result.damaged().size(), MAX_FINDINGS));
        json.field("backups", result.backups())
                .field("fine", result.fine())
                .field("missing", result.missing())
                .field("corrupt", result.corrupt())
                .array(
                        "damaged",
                        list -> result.damaged().stream()
                                .limit(MAX_FINDINGS)
                                .forEach(one -> list.element(fields -> write(fields, one, each))));
    }

    private static void write(JsonWriter json, VerificationResult result, int findings) {
        json.field("backup_id", result.id().value())
                .field("token", result.token().orElse(null))
                .field("status", result.isFine() ? "fine" : "damaged")
                .field("fine", result.fine())
                .field("missing", result.missing())
                .field("corrupt", result.corrupt())
                .array(
                        "findings",
                        list -> result.findings().stream()
                                .limit(findings)
                                .forEach(finding -> list.element(fields -> fields.field(
                                                "file", finding.file().value())
                                        .field("state", finding.state().word())
                                        .field("reason", finding.reason()))));
    }

    /** Reads what was said of a backup, but for the single files. */
    static VerificationResult verification(JsonObject json) {
        return new VerificationResult(
                new BackupId(json.string("backup_id")),
                json.optionalString("token"),
                Math.toIntExact(json.wholeNumber("fine")),
                Math.toIntExact(json.wholeNumber("missing")),
                Math.toIntExact(json.wholeNumber("corrupt")),
                List.of());
    }

    static void write(JsonWriter json, Collected collected) {
        json.texts("deleted", ids(collected.deleted()))
                .texts("given_up", ids(collected.givenUp()))
                .texts("left_alone", ids(collected.leftAlone()))
                .field("files", collected.files())
                .field("bytes", collected.bytes())
                .field("aborted_uploads", collected.abortedUploads())
                .field("orphans", collected.orphans());
    }

    private static List<String> ids(List<BackupId> backups) {
        return backups.stream().limit(MAX_IDS).map(BackupId::value).toList();
    }
}
