package dev.outrigger.backup.restore;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a restore is only rehearsed. */
public enum Rehearsal {
    /** Looks whether every file is there, and as long as it should be. */
    FILES,
    /** Reads the tables' metadata, too. */
    METADATA,
    /** Reads everything, as a restore would, and puts it nowhere. */
    DATA;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the rehearsal of a word, if there is one. */
    public static Optional<Rehearsal> of(String word) {
        return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
