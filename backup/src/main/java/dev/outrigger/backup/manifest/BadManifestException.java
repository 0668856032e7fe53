package dev.outrigger.backup.manifest;

/** Tells that a document of a backup is not to be believed. The message is for people, and names no path of the machine. */
public final class BadManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public BadManifestException(String message) {
        super(message);
    }
}
