package dev.outrigger.backup.location;

import java.io.IOException;
import java.util.Optional;

/**
 * Opens what is at a location, if it is under a root. Stores of one object store share one client, which is made when the first of them is
 * opened, and ends with this. Safe for use by many threads.
 */
public final class ObjectStores implements AutoCloseable {

    private final LocationRoots roots;
    private final S3Settings settings;

    // Guarded by this.
    private Optional<S3Connection> connection = Optional.empty();
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param roots what may be opened
     * @param settings how an object store is reached, where there is one under the roots
     */
    public ObjectStores(LocationRoots roots, S3Settings settings) {
        this.roots = roots;
        this.settings = settings;
    }

    /**
     * Opens a store. Asks the file system where the location really is; connects to nothing.
     *
     * @throws LocationNotAllowedException if it is not under a root
     * @throws IOException if that cannot be found out, or no client can be made, for instance for want of a region
     */
    public ObjectStore open(Location location) throws IOException {
        roots.check(location);
        if (location instanceof S3Location s3) {
            return new S3Store(connection(), s3);
        }
        return new DirectoryStore((FileLocation) location, roots);
    }

    private synchronized S3Connection connection() throws IOException {
        if (closed) {
            throw new IOException("stores: closed (expected: open)");
        }
        if (connection.isEmpty()) {
            connection = Optional.of(S3Connection.open(settings));
        }
        return connection.get();
    }

    /** Ends the client. Stores that were opened are of no use afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        connection.ifPresent(S3Connection::close);
        connection = Optional.empty();
    }
}
