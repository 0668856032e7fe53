package dev.outrigger.backup.location;

import java.nio.file.Path;

/**
 * A directory of this machine, or of a file system that is mounted on it.
 *
 * @param path absolute, without a slash at the end
 */
public record FileLocation(String path) implements Location {

    static final String SCHEME = "file://";

    /**
     * @throws LocationFormatException if the path is relative, the root of the file system, or has a segment that is none
     */
    public FileLocation {
        if (!path.startsWith("/")) {
            throw new LocationFormatException("not an absolute path");
        }
        LocationPath.check(path.substring(1));
    }

    /** Reads what follows the scheme. */
    static FileLocation parse(String text) {
        return new FileLocation(LocationPath.withoutLastSlash(text));
    }

    /** Returns the directory, of which nothing is known yet: a link may lead anywhere. */
    Path directory() {
        return Path.of(path);
    }

    @Override
    public boolean contains(Location other) {
        return other instanceof FileLocation file && LocationPath.isAtOrUnder(file.path, path);
    }

    /** Returns {@code file:///absolute/path}. */
    @Override
    public String toString() {
        return SCHEME + path;
    }
}
