package dev.outrigger.backup.keep;

import dev.outrigger.backup.manifest.BackupId;
import java.util.List;

/**
 * What was removed, or, where it was only tried, what would be.
 *
 * @param deleted the deleted backups of which nothing is left
 * @param givenUp the unfinished backups of dead writers of which nothing is left but the tombstone
 * @param leftAlone the backups of which something is left, since it may be another's: an unreadable claim that no operator has given up,
 *     or files that a damaged manifest may name
 * @param files how many files were removed: archives and metadata
 * @param bytes how long they were together
 * @param abortedUploads how many unfinished writes were removed: open uploads, temporary files
 * @param orphans how many files are called as ours are and named by no manifest and no claim: they stay
 */
public record Collected(
        List<BackupId> deleted,
        List<BackupId> givenUp,
        List<BackupId> leftAlone,
        long files,
        long bytes,
        int abortedUploads,
        long orphans) {

    public Collected {
        deleted = List.copyOf(deleted);
        givenUp = List.copyOf(givenUp);
        leftAlone = List.copyOf(leftAlone);
    }
}
