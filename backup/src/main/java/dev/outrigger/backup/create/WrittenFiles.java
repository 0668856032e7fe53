package dev.outrigger.backup.create;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The files that were written, as the store told of them then. Safe for use by many threads. */
final class WrittenFiles {

    private final List<StoredObject> files = new ArrayList<>(); // guarded by this

    synchronized void add(StoredObject file) {
        files.add(file);
    }

    /** Returns one of them. */
    synchronized Optional<StoredObject> find(ObjectName name) {
        return files.stream().filter(file -> file.name().equals(name)).findFirst();
    }

    /**
     * Looks at each again, at last.
     *
     * @throws BackupConflictException if one is gone, or is not what was written
     */
    void requireUntouched(ObjectStore store) throws IOException, BackupConflictException {
        for (StoredObject file : copy()) {
            Optional<StoredObject> now = store.stat(file.name());
            if (!now.equals(Optional.of(file))) {
                throw new BackupConflictException("file: " + file.name()
                        + (now.isEmpty() ? " is gone" : " is not what was written")
                        + " (expected: nobody else writes or removes what is claimed)");
            }
        }
    }

    /** Removes what is still as it was written, and so is nobody else's. */
    void remove(ObjectStore store) throws IOException {
        for (StoredObject file : copy()) {
            if (store.stat(file.name()).equals(Optional.of(file))) {
                store.delete(file.name());
            }
        }
    }

    /** Files that are there no more, or are to be. */
    synchronized void forget(Collection<ObjectName> names) {
        files.removeIf(file -> names.contains(file.name()));
    }

    private synchronized List<StoredObject> copy() {
        return List.copyOf(files);
    }
}
