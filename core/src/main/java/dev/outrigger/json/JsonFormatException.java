package dev.outrigger.json;

/**
 * Says what is wrong with a JSON document that came from outside.
 *
 * <p>The message may be shown to whoever sent it: it names what was expected, and places, but holds nothing of the document's
 * own content, which may be a secret. For the same reason there is never a cause.
 */
public final class JsonFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String message;

    JsonFormatException(String message) {
        super(message);
        this.message = message;
    }

    /** What is wrong, for whoever sent the document. */
    @Override
    public String getMessage() {
        return message;
    }
}
