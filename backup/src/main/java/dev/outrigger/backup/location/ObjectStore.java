package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The objects at one location. Flat: names have no directories.
 *
 * <p>What every store promises, and one contract test holds against each: an object is there whole or not at all; what a write that has
 * returned made survives a crash of this process and of the store, and is seen by every read and listing that begins afterwards. What a
 * failed write did is not known, but for {@link ObjectExistsException} and for what {@link #stat} tells later.
 *
 * <p>Safe for use by many threads. Every method may block for as long as the store's time limits allow, and throws {@link IOException}
 * when the store does not answer, or refuses; {@link StoreFullException} where there is no space, {@link java.io.InterruptedIOException} where
 * the thread was interrupted.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * Begins an object of unknown length, which must not be there yet. It is there once {@link ObjectSink#commit} has returned, and not
     * before.
     */
    ObjectSink create(ObjectName name) throws IOException;

    /**
     * Writes a small object in one step if its name is free. This is the commit of a backup: of several that call it at once for one
     * name, exactly one succeeds.
     *
     * @param content at most 64 MiB
     * @throws ObjectExistsException if there is an object of that name; it was not touched
     * @throws UnconditionalStoreException if the store cannot do that
     */
    StoredObject putIfAbsent(ObjectName name, byte[] content) throws IOException;

    /** Writes a small object in one step, in place of what is there. A reader sees the old content or the new one. */
    StoredObject replace(ObjectName name, byte[] content) throws IOException;

    /** Tells of an object, if it is there. */
    Optional<StoredObject> stat(ObjectName name) throws IOException;

    /**
     * Opens an object for reading, if it is there. The stream fails, and never just ends, where the store gives fewer bytes than the
     * object has.
     */
    Optional<InputStream> read(ObjectName name) throws IOException;

    /**
     * Lists the objects whose names begin with a text, ascending by name.
     *
     * @param after only names behind this one; empty for all
     * @param limit at most so many, 1 to 1,000; where fewer are returned, there are no more
     */
    List<StoredObject> list(String prefix, String after, int limit) throws IOException;

    /** Removes an object; does nothing where there is none. */
    void delete(ObjectName name) throws IOException;

    /**
     * Removes what unfinished writes have left behind for names that begin with a text: temporary files, open multipart uploads. Only
     * for names that nobody is writing.
     *
     * @param dryRun whether only to count
     * @return how many there were
     */
    int removeUnfinished(String prefix, boolean dryRun) throws IOException;

    /**
     * Tries what the store honours, once: a conditional write, the verification of checksums, and that a listing shows what was just
     * written. Leaves nothing behind; what a process that ended meanwhile has left is removed by the next probe of its owner.
     *
     * @param owner who tries, the same after a restart; must not do so twice at once
     * @throws IOException if it cannot be written to, with a reason for people
     */
    StoreTraits probe(String owner) throws IOException;

    /** Gives back what the store holds. Sinks and streams still open are of no use afterwards. */
    @Override
    void close();
}
