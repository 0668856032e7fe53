package dev.outrigger.example.kv.store;

import java.util.Optional;

/**
 * Where a scan goes on: the {@linkplain StoredKey position} of the next key.
 *
 * <p>A cursor is a place in a fixed order of all keys, not a handle: it needs no memory here, never expires, outlives a restart
 * and means the same on every connection. So a key that is there during the whole scan is returned, exactly once, whatever is
 * written meanwhile. Redis promises the same but for the "once".
 *
 * @param position 0 for the beginning, and as an answer for the end
 */
public record ScanCursor(long position) {

    /** The beginning of a scan and, as an answer, its end. */
    public static final ScanCursor START = new ScanCursor(0);

    public ScanCursor {
        if (position < 0 || position > StoredKey.MAX_POSITION) {
            throw new IllegalArgumentException(
                    "cursor: " + position + " (expected: 0 to " + StoredKey.MAX_POSITION + ")");
        }
    }

    /** Reads a cursor as a client gives it; empty where it is none of ours. */
    public static Optional<ScanCursor> parse(String text) {
        try {
            return Optional.of(new ScanCursor(Long.parseLong(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return Long.toString(position);
    }
}
