package dev.outrigger.backup.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a host keeps about a table beside its data. Carried through a backup unread, and given back as it was, but for white space around
 * JSON.
 *
 * @param description for people; may be empty
 * @param schema by which the table's data is written: JSON of the host's own, such as <code>{}</code> or {@code null}
 * @param readSchema by which it is read; JSON too
 * @param indexes the table's indexes; JSON too
 */
public record TableDescription(String description, String schema, String readSchema, String indexes) {

    /** A table about which there is nothing to say. */
    public static final TableDescription NONE = new TableDescription("", "null", "null", "null");

    public TableDescription {
        requireNonNull(description, "description");
        requireNonNull(schema, "schema");
        requireNonNull(readSchema, "readSchema");
        requireNonNull(indexes, "indexes");
    }
}
