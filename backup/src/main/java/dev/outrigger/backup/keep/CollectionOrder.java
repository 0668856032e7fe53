package dev.outrigger.backup.keep;

import dev.outrigger.backup.manifest.BackupId;
import java.util.Set;

/**
 * What is to be collected.
 *
 * @param unfinished the unfinished backups that an operator has given up: their writers are dead, though nobody here can tell
 * @param dryRun whether only to count
 */
public record CollectionOrder(Set<BackupId> unfinished, boolean dryRun) {

    /** Everything that is certainly nobody's. */
    public static final CollectionOrder NORMAL = new CollectionOrder(Set.of(), false);

    public CollectionOrder {
        unfinished = Set.copyOf(unfinished);
    }

    /** The same with an unfinished backup that an operator gives up. */
    public static CollectionOrder givingUp(BackupId unfinished) {
        return new CollectionOrder(Set.of(unfinished), false);
    }
}
