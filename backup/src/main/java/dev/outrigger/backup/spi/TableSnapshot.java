package dev.outrigger.backup.spi;

import java.io.IOException;
import java.util.List;

/**
 * A table as it was at one moment. Nothing that is written to the table later is seen through it. Held open as long as its files are
 * read, which may be hours.
 */
public interface TableSnapshot extends AutoCloseable {

    /** Describes the table. */
    TableDescription description();

    /** Lists the shards that are on this node, each id once. */
    List<ShardSnapshot> shards();

    /** Lets go of the files. Called once, when no file is open any more. */
    @Override
    void close() throws IOException;
}
