package dev.outrigger.example.kv;

/** Says which option is wrong, and what was expected. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
