package dev.outrigger.backup.archive;

import java.io.IOException;

/** Tells that a file of a snapshot is not as long as the host had said. */
public final class ChangedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ChangedFileException(String path, String what) {
        super("file: '" + path + "' " + what + " (expected: a snapshot, which does not change)");
    }
}
