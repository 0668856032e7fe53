package dev.outrigger.backup.location;

import java.nio.file.Path;
import java.util.List;

/** A directory of tests that is a location, below a root of its own. */
public final class TestDirectory {

    private TestDirectory() {}

    /** Opens a store in it, as another process would; the directory below the root need not be there. */
    public static ObjectStore open(Path root) {
        FileLocation location = new FileLocation(root + "/node/backups");
        return new DirectoryStore(location, LocationRoots.of(List.of(new FileLocation(root.toString()))));
    }
}
