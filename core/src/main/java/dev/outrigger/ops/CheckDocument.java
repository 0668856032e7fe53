package dev.outrigger.ops;

import dev.outrigger.health.CheckKind;
import dev.outrigger.health.CheckOutcome;
import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckScope;
import dev.outrigger.health.CheckStatus;
import dev.outrigger.health.FailureCode;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one check:
 *
 * <pre>
 *   {"ok":true,"status":"healthy","kind":"liveness","scope":"local","critical":true,
 *    "message":null,"time":"…","duration_ms":0.4,"age_ms":120,"details":{},"code":null}
 * </pre>
 *
 * <p>{@code status} is {@code healthy}, {@code degraded}, {@code unhealthy}, {@code hung}, {@code stale} or
 * {@code unknown}; {@code code} is {@code timeout} or {@code error} where the last call gave no result. To a reader who
 * sees no details, {@code message} and {@code details} are {@code null}; to one who does, a hung check has the frames of
 * its thread in {@code details.stack}.
 */
final class CheckDocument {

    /** One check. */
    static final Schema SCHEMA = fields(Schema.object()).named("Check");

    /** One check by itself. */
    static final Schema NAMED_SCHEMA =
            fields(Schema.object().field("name", Schema.text())).named("NamedCheck");

    private CheckDocument() {}

    private static Schema fields(Schema object) {
        return object.field("ok", Schema.truth())
                .field("status", Schema.oneOf(CheckStatus.values(), CheckStatus::word))
                .field("kind", Schema.oneOf(CheckKind.values(), CheckKind::word))
                .field("scope", Schema.oneOf(CheckScope.values(), CheckScope::word))
                .field("critical", Schema.truth())
                .field("message", Schema.text().orNull())
                .field("time", Schema.time().orNull())
                .field("duration_ms", Schema.number().orNull())
                .field("age_ms", Schema.whole().orNull())
                .field("details", Schema.object().orNull())
                .field(
                        "code",
                        Schema.oneOf(FailureCode.values(), FailureCode::word).orNull());
    }

    static void write(JsonWriter json, CheckReport check, boolean ok, Sight sight) {
        json.field("ok", ok)
                .field("status", check.status().word())
                .field("kind", check.options().kind().word())
                .field("scope", check.options().scope().word())
                .field("critical", check.options().critical());
        CheckOutcome last = check.last().orElse(null);
        if (last == null) {
            writeNothingYet(json, sight);
        } else {
            writeOutcome(json, check, last, sight);
        }
    }

    private static void writeNothingYet(JsonWriter json, Sight sight) {
        json.nullField("message").nullField("time").nullField("duration_ms").nullField("age_ms");
        json.anyField("details", sight == Sight.FULL ? Map.of() : null);
        json.nullField("code");
    }

    private static void writeOutcome(JsonWriter json, CheckReport check, CheckOutcome last, Sight sight) {
        boolean full = sight == Sight.FULL;
        json.field("message", full ? last.message().orElse(null) : null)
                .field("time", last.time())
                .field("duration_ms", millis(last.duration()))
                .field("age_ms", check.age().toMillis())
                .anyField("details", full ? details(check, last) : null)
                .field("code", last.code().map(code -> code.word()).orElse(null));
    }

    private static Map<String, @Nullable Object> details(CheckReport check, CheckOutcome last) {
        if (check.stack().isEmpty()) {
            return last.details();
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>(last.details());
        details.put("stack", check.stack());
        return details;
    }

    /** Milliseconds with three decimals: more would pretend to an accuracy that is not there. */
    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1_000.0) / 1_000.0;
    }
}
