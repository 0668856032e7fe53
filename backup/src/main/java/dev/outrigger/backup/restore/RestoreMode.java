package dev.outrigger.backup.restore;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a restore does where a table of the name is there already. */
public enum RestoreMode {
    /** Refuses the whole restore. */
    FAIL_IF_EXISTS,
    /** Leaves that table as it is, and restores the others. */
    SKIP_IF_EXISTS,
    /** Replaces it. */
    OVERWRITE;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the mode of a word, if there is one. */
    public static Optional<RestoreMode> of(String word) {
        return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
