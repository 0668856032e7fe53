package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.List;

/** Tells apart what an operating system refuses with, of which Java passes on little more than a text. */
final class DiskErrors {

    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<String> NO_LINKS =
            List.of("Operation not permitted", "Operation not supported", "Function not implemented");

    private DiskErrors() {}

    /** Returns the exception that the contract of a store has for it, or itself. */
    static IOException translated(IOException e, Location location) {
        if (e instanceof ClosedByInterruptException) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while writing to " + location);
            interrupted.initCause(e);
            return interrupted;
        }
        return !(e instanceof StoreFullException) && says(e, FULL)
                ? new StoreFullException("location: " + location + " (expected: space left)", e)
                : e;
    }

    /** Tells whether a hard link was refused for what the file system is, and not for what is in it. */
    static boolean isWithoutHardLinks(FileSystemException e) {
        return says(e, NO_LINKS);
    }

    private static boolean says(IOException e, List<String> reasons) {
        String message = String.valueOf(e.getMessage());
        return reasons.stream().anyMatch(message::endsWith);
    }
}
