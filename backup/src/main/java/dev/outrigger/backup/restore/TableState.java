package dev.outrigger.backup.restore;

import java.util.Locale;
import java.util.stream.Stream;

/** How far a table's restore is. Once live, a table never goes back. */
enum TableState {
    /** Its shards are being fetched and verified. */
    STAGING,
    /** All of them are here, and it may be put in place. */
    STAGED,
    /** It is in place. */
    LIVE,
    /** It is not, and what was there before still is. */
    FAILED,
    /** It was there before, and was left alone. */
    SKIPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TableState of(String word) {
        return Stream.of(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state: unknown"));
    }

    boolean isSettled() {
        return switch (this) {
            case STAGING, STAGED -> false;
            case LIVE, FAILED, SKIPPED -> true;
        };
    }
}
