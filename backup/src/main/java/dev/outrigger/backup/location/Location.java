package dev.outrigger.backup.location;

/**
 * Where backups lie: a directory of this machine, or what is below a prefix of a bucket. Immutable, and safe to show: a location holds
 * no credential and no endpoint. Whether it may be used is for {@link LocationRoots} to say.
 */
public sealed interface Location permits FileLocation, S3Location {

    /**
     * Reads a location as it stands in a request: {@code file:///absolute/path} or {@code s3://bucket/prefix}, with or without one slash
     * at the end.
     *
     * @throws LocationFormatException if it is anything else; the text is not repeated, since what it should not have may be a password
     */
    static Location parse(String text) {
        if (text.length() > LocationPath.MAX_CHARS) {
            throw new LocationFormatException("longer than " + LocationPath.MAX_CHARS + " characters");
        }
        if (text.startsWith(FileLocation.SCHEME)) {
            return FileLocation.parse(text.substring(FileLocation.SCHEME.length()));
        }
        if (text.startsWith(S3Location.SCHEME)) {
            return S3Location.parse(text.substring(S3Location.SCHEME.length()));
        }
        throw new LocationFormatException("not usable");
    }

    /** Tells whether another location is this one or lies under it, by its segments alone: no link is looked at. */
    boolean contains(Location other);

    /** Returns the location as a request would name it, without a slash at the end. */
    @Override
    String toString();
}
