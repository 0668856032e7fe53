package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.Optional;

/**
 * What a job that looks after backups is to do: what its record remembers.
 *
 * @param location where
 * @param backup which one; empty for all that are there
 * @param unfinished whether that one is unfinished, and is given up
 * @param dryRun whether only to count
 */
record KeepOrder(Location location, Optional<BackupId> backup, boolean unfinished, boolean dryRun) {

    KeepOrder {
        requireNonNull(location, "location");
        requireNonNull(backup, "backup");
    }

    /** Everything at a location. */
    static KeepOrder all(Location location) {
        return new KeepOrder(location, Optional.empty(), false, false);
    }

    /** One backup. */
    static KeepOrder of(Location location, BackupId backup) {
        return new KeepOrder(location, Optional.of(backup), false, false);
    }

    KeepOrder givingUp() {
        return new KeepOrder(location, backup, true, dryRun);
    }

    KeepOrder withDryRun(boolean isDry) {
        return new KeepOrder(location, backup, unfinished, isDry);
    }

    String encode() {
        return new String(
                JsonWriter.object(json -> json.field("location", location.toString())
                        .field("backup_id", backup.map(BackupId::value).orElse(null))
                        .field("unfinished", unfinished)
                        .field("dry_run", dryRun)),
                UTF_8);
    }

    static KeepOrder decode(String record) {
        JsonObject json = JsonReader.object(record.getBytes(UTF_8));
        return new KeepOrder(
                Location.parse(json.string("location")),
                json.optionalString("backup_id").map(BackupId::new),
                json.optionalBoolean("unfinished").orElse(false),
                json.optionalBoolean("dry_run").orElse(false));
    }
}
