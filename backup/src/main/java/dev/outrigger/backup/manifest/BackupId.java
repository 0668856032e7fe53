package dev.outrigger.backup.manifest;

import java.util.regex.Pattern;

/**
 * Names a backup. Safe as part of a file name and of an object key: no separator, no dot-dot, no name of ours.
 *
 * @param value begins with a letter or digit
 */
public record BackupId(String value) implements Comparable<BackupId> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

    /**
     * @throws IllegalArgumentException if the id is malformed
     */
    public BackupId {
        if (!ALLOWED.matcher(value).matches() || value.contains("..") || isReserved(value)) {
            throw new IllegalArgumentException(
                    "backup_id: '" + value + "' (expected: " + ALLOWED + ", no '..', not '…-cluster')");
        }
    }

    /** Tells whether the id would make another file's name a manifest's: table {@code b1} with id {@code cluster}. */
    private static boolean isReserved(String value) {
        return value.equals("cluster") || value.endsWith("-cluster");
    }

    @Override
    public int compareTo(BackupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
