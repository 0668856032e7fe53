package dev.outrigger.backup.location;

/** Tells that a text is no location. */
public final class LocationFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it: never with any of the text. */
    LocationFormatException(String what) {
        super("location: " + what + " (expected: file:///absolute/path or s3://bucket/prefix)");
    }
}
