package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.Claim;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A claim as it was found.
 *
 * @param id that is claimed
 * @param stored what the store tells of it, from before it was read
 * @param claim what it says; empty where it is not to be believed
 */
record StoredClaim(BackupId id, StoredObject stored, Optional<Claim> claim) {

    /** Every file that it names. */
    Stream<ObjectName> files() {
        return claim.stream().flatMap(said -> said.files(new BackupNames(id)));
    }
}
