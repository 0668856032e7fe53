package dev.outrigger.backup.keep;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Removes the files of one backup, and none that is or may be another's. What was removed before is not there any more, and no matter.
 * Used by one thread.
 */
final class FileRemoval {

    private final ObjectStore store;
    private final JobControl control;
    private final Tally tally;
    private final boolean dryRun;

    FileRemoval(ObjectStore store, JobControl control, Tally tally, boolean dryRun) {
        this.store = store;
        this.control = control;
        this.tally = tally;
        this.dryRun = dryRun;
    }

    /** How a removal ended. */
    enum Outcome {
        /** Nothing of the backup is left. */
        DONE,
        /** Something is left that may be another's. */
        LEFT_ALONE,
        /** What had been found is another by now: somebody else does the same. */
        OVERTAKEN
    }

    Tally tally() {
        return tally;
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** Tells which of some files are there. To be asked before the neighbours are. */
    List<StoredObject> present(Collection<ObjectName> names) throws IOException {
        List<StoredObject> present = new ArrayList<>();
        for (ObjectName name : names) {
            control.check();
            store.stat(name).ifPresent(present::add);
        }
        return present;
    }

    /**
     * Removes files.
     *
     * @param present as they were found, before the neighbours were
     * @param mandate what makes them fit to be removed, as it was found before them: once it is another, nothing more is
     */
    Outcome remove(List<StoredObject> present, Neighbours neighbours, StoredObject mandate) throws IOException {
        boolean doubt = false;
        for (StoredObject file : present) {
            control.check();
            switch (neighbours.ownerOf(file.name())) {
                case NONE -> {
                    if (!isUnchanged(mandate)) {
                        return Outcome.OVERTAKEN;
                    }
                    remove(file);
                }
                case NEIGHBOUR -> control.log("file " + file.name() + " is another backup's, and stays");
                case UNKNOWN -> {
                    control.log("file " + file.name() + " may be another backup's, and stays");
                    doubt = true;
                }
            }
        }
        return doubt ? Outcome.LEFT_ALONE : Outcome.DONE;
    }

    /** Removes what unfinished writes have left under names that are no neighbour's. */
    void removeUnfinished(Collection<ObjectName> names, Neighbours neighbours) throws IOException {
        if (store.removeUnfinished("", true) == 0) {
            return; // Most often: and one question instead of many.
        }
        for (ObjectName name : names) {
            control.check();
            if (neighbours.ownerOf(name) == Neighbours.Owner.NONE) {
                tally.abortedUploads(store.removeUnfinished(name.value(), dryRun));
            }
        }
    }

    /** Removes what a mandate was, unless it is another by now; tells whether it was the same. */
    boolean close(StoredObject mandate) throws IOException {
        boolean unchanged = isUnchanged(mandate);
        if (unchanged && !dryRun) {
            store.delete(mandate.name());
        }
        return unchanged;
    }

    boolean isUnchanged(StoredObject object) throws IOException {
        return store.stat(object.name()).equals(Optional.of(object));
    }

    private void remove(StoredObject file) throws IOException {
        if (isUnchanged(file)) {
            if (!dryRun) {
                store.delete(file.name());
            }
            tally.file(file.bytes());
            control.moved(file.bytes());
        }
    }
}
