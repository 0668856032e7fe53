package dev.outrigger.backup.create;

/** Tells that an id or a file's name is taken by somebody else. Nothing of theirs was touched. */
public final class BackupConflictException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says with what it conflicts. */
    public BackupConflictException(String message) {
        super(message);
    }
}
