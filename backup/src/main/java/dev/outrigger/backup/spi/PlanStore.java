package dev.outrigger.backup.spi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the intent of restores is kept, so that they go on after a crash. A single node keeps it in files; a cluster gives a store of
 * its own that all members see and that is consistent: who reads sees at least what was written before, on whichever member, and of two
 * that write over the same version one succeeds.
 *
 * <p>Safe for use by many threads.
 */
public interface PlanStore {

    /** The version of a plan that is not there. */
    long ABSENT = 0;

    /**
     * Returns all plans, in any order.
     *
     * @throws IOException if they cannot be read
     */
    List<StoredPlan> list() throws IOException;

    /**
     * Returns one plan, if it is there.
     *
     * @throws IOException if it cannot be read
     */
    Optional<StoredPlan> read(RestoreId restore) throws IOException;

    /**
     * Writes a plan if it is still at the version that the caller knows. Once this has returned, it survives a crash.
     *
     * @param expectedVersion {@link #ABSENT} for a new one
     * @return its version now; empty if it was at another, and was not written
     * @throws IOException if it is not known whether it was written
     */
    OptionalLong write(RestoreId restore, long expectedVersion, byte[] content) throws IOException;

    /**
     * Removes a plan, whatever its version; does nothing where there is none.
     *
     * @throws IOException if it may still be there
     */
    void remove(RestoreId restore) throws IOException;

    /**
     * A plan as it was read.
     *
     * @param restore names it
     * @param version rises with each write; never {@link #ABSENT}
     * @param content what was written; the reader's to keep
     */
    record StoredPlan(RestoreId restore, long version, byte[] content) {}
}
