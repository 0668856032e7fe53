package dev.outrigger.backup.create;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the coordinator of a backup asks a member for: the archives of some shards of one table. It says nothing that the claim at the
 * location does not vouch for.
 *
 * @param id of the order; the same where it is sent once more
 * @param backup that the shards are for
 * @param location where it goes, in the canonical form
 * @param token of the backup's writer, as the claim has it
 * @param run of the writer, as the claim has it: what was ordered by an earlier one is void
 * @param createdAt when the backup was asked for
 * @param table that the shards are of
 * @param shards their ids
 */
public record ShardOrder(
        String id,
        BackupId backup,
        String location,
        String token,
        String run,
        Instant createdAt,
        TableName table,
        List<Integer> shards) {

    /** The most shards of one order: what is told of them has to fit into the record of a job. */
    public static final int MAX_SHARDS = 128;

    private static final Pattern WORD = Pattern.compile("[!-~]{1,128}");

    /**
     * @throws IllegalArgumentException if id, token or run are not words, or the shards are none, too many, negative, or not distinct
     */
    public ShardOrder {
        requireWord("order_id", id);
        requireNonNull(backup, "backup");
        requireNonNull(location, "location");
        requireWord("token", token);
        requireWord("run", run);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(table, "table");
        shards = List.copyOf(shards);
        if (shards.isEmpty() || shards.size() > MAX_SHARDS) {
            throw new IllegalArgumentException("shards: " + shards.size() + " (expected: 1 to " + MAX_SHARDS + ")");
        }
        if (shards.stream().anyMatch(shard -> shard < 0)
                || shards.stream().distinct().count() != shards.size()) {
            throw new IllegalArgumentException("shards: negative or twice (expected: ids of 0 or more, each once)");
        }
    }

    private static void requireWord(String name, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(name + ": not usable (expected: " + WORD + ")");
        }
    }

    /** Tells whether another order is for the same backup, by whichever run of its writer. */
    public boolean isOfBackup(ShardOrder other) {
        return backup.equals(other.backup) && location.equals(other.location) && token.equals(other.token);
    }

    /** Writes the order, for a request and for the job's record. */
    public byte[] encode() {
        return JsonWriter.object(json -> json.field("order_id", id)
                .field("backup_id", backup.value())
                .field("location", location)
                .field("token", token)
                .field("run", run)
                .field("created_at", createdAt)
                .field("table", table.value())
                .numbers("shards", shards));
    }

    /**
     * Reads an order out of a job's record.
     *
     * @throws RuntimeException if this is no order
     */
    public static ShardOrder decode(byte[] record) {
        return of(JsonReader.object(record));
    }

    /**
     * Reads an order.
     *
     * @throws IllegalArgumentException if a value is malformed
     * @throws dev.outrigger.json.JsonFormatException if a field is missing, or of another type
     */
    public static ShardOrder of(JsonObject json) {
        return new ShardOrder(
                json.string("order_id"),
                new BackupId(json.string("backup_id")),
                json.string("location"),
                json.string("token"),
                json.string("run"),
                instant(json.string("created_at")),
                new TableName(json.string("table")),
                json.wholeNumbers("shards").stream().map(ShardOrder::id).toList());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("created_at: malformed (expected: a time in UTC)");
        }
    }

    private static Integer id(long number) {
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("shards: one is too large (expected: ids of 0 or more)");
        }
        return (int) number;
    }
}
