package dev.outrigger.backup.keep;

import dev.outrigger.backup.manifest.BackupId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What verification last said of each backup, as far as this process knows. Safe for use by many threads. Remembers the last 10,000.
 */
public final class LastFindings {

    private static final int MAX = 10_000;

    private final Map<Place, VerificationResult> results = new LinkedHashMap<>(); // guarded by this; oldest first

    private record Place(String location, BackupId id) {}

    /**
     * Remembers a result, in place of what was said before of that backup.
     *
     * @param location where the backup lies, in the canonical form
     */
    public synchronized void record(String location, VerificationResult result) {
        Place place = new Place(location, result.id());
        results.remove(place);
        results.put(place, result);
        if (results.size() > MAX) {
            results.remove(results.keySet().iterator().next());
        }
    }

    /** Returns what was last said of a backup, which may have been another one under the same id: its token tells. */
    public synchronized Optional<VerificationResult> of(String location, BackupId id) {
        return Optional.ofNullable(results.get(new Place(location, id)));
    }

    /** Returns the backups at a location of which some file is not fine, as they were found last. */
    public synchronized Set<VerificationResult> damaged(String location) {
        Set<VerificationResult> damaged = new HashSet<>();
        results.forEach((place, result) -> {
            if (place.location().equals(location) && !result.isFine()) {
                damaged.add(result);
            }
        });
        return damaged;
    }

    /** Returns an entry as it is in the light of what was found of that very backup. */
    BackupEntry judged(BackupEntry entry) {
        boolean damaged = entry.token().isPresent()
                && of(entry.location(), entry.id())
                        .filter(result -> result.token().equals(entry.token()))
                        .filter(result -> !result.isFine())
                        .isPresent();
        return damaged ? entry.damaged() : entry;
    }
}
