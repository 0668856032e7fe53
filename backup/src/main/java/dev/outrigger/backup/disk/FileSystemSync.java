package dev.outrigger.backup.disk;

import java.io.IOException;

/** Brings a whole file system to disk by one call. Safe for use by several threads until it is closed. */
interface FileSystemSync extends AutoCloseable {

    /**
     * Returns when all that was written to the file system before is on disk.
     *
     * @throws IOException if something may not be, though it need not be ours
     */
    void sync() throws IOException;

    /** Lets go of it; a second time does nothing. */
    @Override
    void close();
}
