package dev.outrigger.example.raft.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the entries of a group's log mean. Applied in the order of the log by one thread at a time, each the same way on every replica; asked
 * by any thread.
 */
public sealed interface ReplicatedState permits ShardState, RegisterState {

    /** Returns the database that is behind it. */
    ReplicaStore store();

    /**
     * Applies an entry, and returns what its author is told.
     *
     * @throws StagingMissingException if what the entry needs is not on this replica, so that it cannot go on
     * @throws IOException if the database fails
     * @throws IllegalArgumentException if it is no command; then it has been passed
     */
    byte[] apply(Position entry, byte[] command) throws StagingMissingException, IOException;

    /**
     * Answers a question.
     *
     * @throws IOException if the database fails
     * @throws IllegalArgumentException if it is none
     */
    byte[] query(byte[] question) throws IOException;

    /** Brings the replica into the state of another one, of which a checkpoint lies here. */
    default void replaceBy(Path checkpoint, Position at) throws IOException {
        store().replaceBy(checkpoint, at, at, (rocks, batch) -> new byte[0]);
    }
}
