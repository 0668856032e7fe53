package dev.outrigger.backup.keep;

import dev.outrigger.backup.manifest.BackupId;
import java.util.ArrayList;
import java.util.List;

/** Counts what is removed. Used by one thread. */
final class Tally {

    private final List<BackupId> deleted = new ArrayList<>();
    private final List<BackupId> givenUp = new ArrayList<>();
    private final List<BackupId> leftAlone = new ArrayList<>();
    private long files;
    private long bytes;
    private int abortedUploads;
    private long orphans;

    void deleted(BackupId id) {
        deleted.add(id);
    }

    void givenUp(BackupId id) {
        givenUp.add(id);
    }

    void leftAlone(BackupId id) {
        leftAlone.add(id);
    }

    void file(long length) {
        files++;
        bytes += length;
    }

    void abortedUploads(int count) {
        abortedUploads += count;
    }

    void orphans(long count) {
        orphans = count;
    }

    Collected collected() {
        return new Collected(deleted, givenUp, leftAlone, files, bytes, abortedUploads, orphans);
    }
}
