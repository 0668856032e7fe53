package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of backups.
 *
 * @param backups newest first; those whose manifest is corrupt at last
 * @param next the cursor of the next part; empty where this is the last
 */
public record BackupPage(List<BackupEntry> backups, Optional<String> next) {

    public BackupPage {
        requireNonNull(next, "next");
        backups = List.copyOf(backups);
    }

    /** Tells whether there are more. */
    public boolean truncated() {
        return next.isPresent();
    }
}
