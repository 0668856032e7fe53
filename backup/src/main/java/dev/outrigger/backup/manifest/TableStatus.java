package dev.outrigger.backup.manifest;

import java.util.Locale;

/** What became of a table in a backup. */
public enum TableStatus {
    COMPLETED,
    FAILED,
    SKIPPED;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
