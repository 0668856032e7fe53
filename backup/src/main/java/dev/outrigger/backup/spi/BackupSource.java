package dev.outrigger.backup.spi;

import java.util.List;
import java.util.Optional;

/**
 * The tables of a host, to be backed up. Implemented by the host.
 *
 * <p>Called on a worker thread of the sidecar, never on an event loop. What it throws fails the table that was asked for; the message
 * goes into the log and into the job's record.
 */
public interface BackupSource {

    /**
     * Lists all tables, in any order.
     *
     * @throws Exception if they cannot be listed: the backup fails
     */
    List<TableName> tables() throws Exception;

    /**
     * Takes a snapshot of a table, consistent over all its shards. In a cluster it has the shards that this member leads, each with all
     * that was acknowledged before; shards that nobody asked for are left out by the caller.
     *
     * @return the snapshot, which the caller closes; empty if there is no such table
     * @throws Exception if none can be taken
     */
    Optional<TableSnapshot> snapshot(TableName table) throws Exception;
}
