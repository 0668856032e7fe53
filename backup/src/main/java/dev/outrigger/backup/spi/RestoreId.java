package dev.outrigger.backup.spi;

import java.util.regex.Pattern;

/**
 * Names one restore, for as long as anything of it is left. Safe as part of a file name.
 *
 * @param value 1 to 64 letters, digits and {@code -}
 */
public record RestoreId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * @throws IllegalArgumentException if it has any other form
     */
    public RestoreId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("restore id: '" + value + "' (expected: " + ALLOWED + ")");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
