package dev.outrigger.backup.manifest;

import java.util.Locale;

/** What the document under a manifest's name says of the backup. */
public enum ManifestStatus {
    /** Every table is in it. */
    COMPLETED,
    /** Some tables are in it, others failed. */
    PARTIAL,
    /** It is no backup any more; its files are being removed. */
    DELETING,
    /** It never was one, and will never be: what was unfinished was given up. */
    ABORTED;

    /** Returns the word for documents. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether there is a backup. */
    public boolean isBackup() {
        return switch (this) {
            case COMPLETED, PARTIAL -> true;
            case DELETING, ABORTED -> false;
        };
    }
}
