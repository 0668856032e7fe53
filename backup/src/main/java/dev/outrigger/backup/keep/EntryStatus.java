package dev.outrigger.backup.keep;

import java.util.Locale;

/** What a list says of a backup. */
public enum EntryStatus {
    /** Every table is in it. */
    COMPLETED,
    /** Some tables are in it, others failed. */
    PARTIAL,
    /** The last look at its files found one missing or corrupt. */
    DAMAGED,
    /** Its manifest cannot be read, or is not to be believed. */
    CORRUPT;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
