package dev.outrigger.backup.create;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What is at the location of a backup that is not committed: removes it, by the names that its claim has, unless another backup has them
 * too. Used by one thread.
 */
final class Leftovers {

    private final ObjectStore store;
    private final HeldClaim claim;
    private final Namesakes namesakes;
    private final WrittenFiles written;

    Leftovers(ObjectStore store, HeldClaim claim, Namesakes namesakes, WrittenFiles written) {
        this.store = store;
        this.claim = claim;
        this.namesakes = namesakes;
        this.written = written;
    }

    /** Removes one table. */
    void discard(TableName table) throws IOException {
        remove(claim.files(table).toList());
        if (claim.names(table)) {
            claim.drop(table);
        }
    }

    /** Removes some files, whose names stay claimed. */
    void clear(List<ObjectName> files) throws IOException {
        remove(files);
    }

    /** Removes everything, the claim at last. */
    void abandon() throws IOException {
        remove(claim.files().toList());
        claim.release();
    }

    /** Removes only what is certainly of this attempt, where names turned out to be somebody else's too. */
    void abandonOwn() throws IOException {
        written.remove(store);
        claim.release();
    }

    private void remove(List<ObjectName> names) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        Set<ObjectName> theirs = namesakes.among(names);
        for (ObjectName name : names) {
            if (!theirs.contains(name)) {
                store.delete(name);
                store.removeUnfinished(name.value(), false);
            }
        }
        written.forget(names);
    }
}
