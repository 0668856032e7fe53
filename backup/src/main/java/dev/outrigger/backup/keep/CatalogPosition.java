package dev.outrigger.backup.keep;

import dev.outrigger.backup.manifest.BackupId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a backup stands in a list: the newest first, of one time by id; those of which no time is known at last. Its text is the cursor
 * that clients pass on unread: {@code 2026-01-01T00:00:00Z~b1}. It stays right when the backup itself is gone.
 */
record CatalogPosition(Optional<Instant> timestamp, BackupId id) implements Comparable<CatalogPosition> {

    private static final Comparator<CatalogPosition> ORDER = Comparator.comparing(
                    (CatalogPosition position) -> position.timestamp().orElse(Instant.MIN), Comparator.reverseOrder())
            .thenComparing(CatalogPosition::id);
    private static final char SEPARATOR = '~';

    static CatalogPosition of(BackupEntry entry) {
        return new CatalogPosition(entry.timestamp(), entry.id());
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException if it is none
     */
    static CatalogPosition parse(String cursor) {
        int separator = cursor.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("cursor: no " + SEPARATOR + " in it");
        }
        try {
            String timestamp = cursor.substring(0, separator);
            return new CatalogPosition(
                    timestamp.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(timestamp)),
                    new BackupId(cursor.substring(separator + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("cursor: no time in it", e);
        }
    }

    String cursor() {
        return timestamp.map(Instant::toString).orElse("") + SEPARATOR + id;
    }

    @Override
    public int compareTo(CatalogPosition other) {
        return ORDER.compare(this, other);
    }
}
