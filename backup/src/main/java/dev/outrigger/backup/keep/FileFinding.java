package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;

/**
 * A file of a backup that is not as it was written.
 *
 * @param file what it is called
 * @param state what is wrong with it
 * @param reason the same for people
 */
public record FileFinding(ObjectName file, FileState state, String reason) {

    public FileFinding {
        requireNonNull(file, "file");
        requireNonNull(state, "state");
        requireNonNull(reason, "reason");
    }

    static FileFinding missing(ObjectName file) {
        return new FileFinding(file, FileState.MISSING, "file: " + file + " is missing");
    }

    static FileFinding corrupt(ObjectName file, String reason) {
        return new FileFinding(file, FileState.CORRUPT, reason);
    }
}
