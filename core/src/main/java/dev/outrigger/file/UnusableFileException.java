package dev.outrigger.file;

/**
 * Tells, when something is put together, that a file (or a variable of the environment) that it is to be made of is missing,
 * unreadable, empty or malformed. Never thrown after that: what goes wrong later leaves the last good content in use.
 */
public final class UnusableFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong: never with any of the content. */
    public UnusableFileException(String message) {
        super(message);
    }

    /** Says what is wrong, and what it comes from. */
    public UnusableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
