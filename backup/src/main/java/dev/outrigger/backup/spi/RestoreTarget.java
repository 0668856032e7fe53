package dev.outrigger.backup.spi;

import java.nio.file.Path;
import java.util.Set;

/**
 * Where tables are brought back to. Implemented by the host.
 *
 * <pre>
 *   stage … stage ──► commit ──► drop
 *        └──────────► abort
 * </pre>
 *
 * <p>Called on worker threads of the sidecar, for one table by one thread at a time. The process may end at any moment: what was begun
 * before is gone on with after the next start, so every method that changes something may be called again for the same restore and
 * table, and then does what is left to do, which may be nothing.
 *
 * <p>In a cluster every member has one, for its own replicas: each stages the shards of which it has a replica and is called to commit
 * when the shards of all members are staged. What that takes between members, such as one of them proposing to a log what all of them
 * then apply, is the host's: {@code commit} returns when this member has put the table in place. It may be called on one member long
 * before another is, or before that is up again.
 */
public interface RestoreTarget {

    /**
     * Tells whether there is a table of that name now; in a cluster, on whichever member.
     *
     * @throws Exception if that cannot be told
     */
    boolean exists(TableName table) throws Exception;

    /**
     * Returns how many bytes may be staged here; {@link Long#MAX_VALUE} where nobody knows.
     *
     * @throws Exception if that cannot be told
     */
    long usableBytes() throws Exception;

    /**
     * Returns where the files of one shard are to be put: a directory of that restore's, table's and shard's own, which only the
     * process's user may enter, on the file system of the table's data. It is created if it is not there, and left as it is if it is.
     *
     * @throws Exception if there can be none
     */
    Path stage(RestoreId restore, TableName table, int shard) throws Exception;

    /**
     * Puts a table in place, whole and in one step: whoever looks, before or after a crash, finds the table that was there or the one
     * that was staged. Succeeds without doing anything where that restore has put that table in place before. In a cluster it is decided
     * by then that the table is replaced, once for all members, and it is called again until it succeeds.
     *
     * @throws TableExistsException if there is a table of that name that may not be replaced
     * @throws Exception if it could not be done: what was there is still there
     */
    void commit(StagedTable staged) throws Exception;

    /**
     * Tells whether that restore has put that table in place, and nothing has replaced it since. Never true before {@link #commit} was
     * called for it.
     *
     * @throws Exception if that cannot be told
     */
    boolean isInPlace(RestoreId restore, TableName table) throws Exception;

    /**
     * Removes what is left of the table that was replaced, and of the staging. Called after {@link #commit}.
     *
     * @throws Exception if something is left, which is tried again later
     */
    void drop(RestoreId restore, TableName table) throws Exception;

    /**
     * Removes all that was staged and not committed.
     *
     * @throws Exception if something is left, which is tried again later
     */
    void abort(RestoreId restore, TableName table) throws Exception;

    /**
     * Lists what is staged here, of any restore. Asked at start: what belongs to no restore that is to go on is aborted.
     *
     * @throws Exception if that cannot be told
     */
    Set<Staging> staged() throws Exception;

    /**
     * Something staged.
     *
     * @param restore by which it came
     * @param table what it belongs to
     */
    record Staging(RestoreId restore, TableName table) {}
}
