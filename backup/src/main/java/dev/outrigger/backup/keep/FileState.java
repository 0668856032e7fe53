package dev.outrigger.backup.keep;

import java.util.Locale;

/** What is wrong with a file of a backup. */
public enum FileState {
    /** It is not there. */
    MISSING,
    /** It is there, and not as it was written. */
    CORRUPT;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
