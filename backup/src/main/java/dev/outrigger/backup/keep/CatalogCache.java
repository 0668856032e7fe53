package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.StoredObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what manifests said, since consoles ask again and again and a manifest hardly ever changes. Known by its version at the
 * store, so nothing outdated is ever shown. Bounded by how many backups and tables it holds, 100,000 together; the oldest give way. Safe
 * for use by many threads.
 */
public final class CatalogCache {

    private static final int MAX_WEIGHT = 100_000;

    private final Map<Place, Optional<BackupEntry>> entries = new LinkedHashMap<>(); // guarded by this; oldest first
    private int weight; // guarded by this

    private record Place(String location, StoredObject manifest) {}

    /** Returns what a manifest said: an entry, or, of a tombstone, none. Empty where that is not known. */
    synchronized Optional<Optional<BackupEntry>> find(String location, StoredObject manifest) {
        return Optional.ofNullable(entries.get(new Place(location, manifest)));
    }

    synchronized void remember(String location, StoredObject manifest, Optional<BackupEntry> entry) {
        Optional<BackupEntry> before = entries.put(new Place(location, manifest), entry);
        weight += weight(entry) - (before == null ? 0 : weight(before));
        Iterator<Optional<BackupEntry>> oldest = entries.values().iterator();
        while (weight > MAX_WEIGHT) {
            weight -= weight(oldest.next());
            oldest.remove();
        }
    }

    private static int weight(Optional<BackupEntry> entry) {
        return 1 + entry.map(known -> known.tables().size()).orElse(0);
    }
}
