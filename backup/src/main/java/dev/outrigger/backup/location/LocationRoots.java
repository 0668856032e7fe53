package dev.outrigger.backup.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The places that the host lets backups go to and come from. Who may ask for a backup could otherwise send the data to any bucket, and
 * have any directory written. Immutable; without a root nothing is allowed.
 */
public final class LocationRoots {

    private final List<Location> roots;

    private LocationRoots(List<Location> roots) {
        this.roots = roots;
    }

    /** Allows what is at or under these. */
    public static LocationRoots of(Collection<? extends Location> roots) {
        return new LocationRoots(List.copyOf(roots));
    }

    /**
     * Allows what is at or under these, as {@link Location#parse} reads them.
     *
     * @throws LocationFormatException if one is no location
     */
    public static LocationRoots parse(Collection<String> roots) {
        return of(roots.stream().map(Location::parse).toList());
    }

    /**
     * Refuses a location that is not at or under a root. Of a directory it is the real one that counts, after links: this looks at the
     * file system, and may block.
     *
     * @throws LocationNotAllowedException if it is not
     * @throws IOException if that cannot be found out, for instance since the root itself is not there
     */
    public void check(Location location) throws IOException {
        if (location instanceof FileLocation file) {
            resolve(file);
        } else if (roots.stream().noneMatch(root -> root.contains(location))) {
            throw new LocationNotAllowedException(location);
        }
    }

    /**
     * Returns the real directory of an allowed location. It need not be there, but a root must: an empty mount point is not the disk.
     *
     * @throws LocationNotAllowedException if it is not under a root
     */
    Path resolve(FileLocation location) throws IOException {
        Path directory = real(location);
        for (FileLocation root : fileRoots().toList()) {
            if (Files.isDirectory(root.directory())
                    && directory.startsWith(root.directory().toRealPath())) {
                return directory;
            }
        }
        for (FileLocation root : fileRoots().filter(r -> r.contains(location)).toList()) {
            if (!Files.isDirectory(root.directory())) {
                throw new IOException("root: " + root + " (expected: a directory that is there)");
            }
        }
        throw new LocationNotAllowedException(location);
    }

    private Stream<FileLocation> fileRoots() {
        return roots.stream().filter(FileLocation.class::isInstance).map(FileLocation.class::cast);
    }

    /** Resolves the links of that part of the path that is there. */
    private static Path real(FileLocation location) throws IOException {
        Path path = location.directory();
        Path ancestor = path;
        while (true) {
            try {
                return ancestor.toRealPath().resolve(ancestor.relativize(path)).normalize();
            } catch (NoSuchFileException e) {
                if (Files.isSymbolicLink(ancestor)) { // A link to nothing: once there, it could be anywhere.
                    throw new LocationNotAllowedException(location);
                }
                if (Files.exists(ancestor, LinkOption.NOFOLLOW_LINKS)) {
                    continue; // Somebody has made it this moment.
                }
                ancestor = ancestor.getParent();
                if (ancestor == null) {
                    throw e;
                }
            }
        }
    }
}
