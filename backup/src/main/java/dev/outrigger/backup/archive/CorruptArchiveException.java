package dev.outrigger.backup.archive;

import java.io.IOException;

/**
 * Tells that an archive is not what it should be: damaged, cut short, another one, or made to do harm. What the disk or the network is
 * guilty of is another {@link IOException}. The message is for people and names no place on this machine; names out of the archive are
 * in it without their control characters.
 */
public final class CorruptArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    CorruptArchiveException(String message) {
        super(message);
    }

    CorruptArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
