package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where the files of an archive go. For one archive, and one thread. */
public abstract sealed class ArchiveDestination permits DirectoryDestination, NowhereDestination {

    ArchiveDestination() {}

    /**
     * Puts the files below a directory. Each is created new, readable and writable to the process's user alone, as are the directories
     * between; no link is followed. When an archive has been read, all of it is on disk and survives a crash, the directory's own
     * content included. When that fails, whatever was written is still there, and the caller's to remove.
     *
     * @param directory is there, and may be entered by nobody else
     */
    public static ArchiveDestination directory(Path directory) {
        return new DirectoryDestination(directory);
    }

    /** Puts the files nowhere: for a look at whether an archive is whole. */
    public static ArchiveDestination nowhere() {
        return new NowhereDestination();
    }

    /** Creates a file, which the caller writes and closes before the next. */
    abstract OutputStream create(EntryName name) throws IOException;

    /** Waits until all that was created is on disk. */
    abstract void sync() throws IOException, InterruptedException;

    /** Ends what goes on behind it. What was created stays. */
    abstract void close();
}
