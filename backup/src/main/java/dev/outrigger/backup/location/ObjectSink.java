package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An object that is being written.
 *
 * <p>{@link #close()} without {@link #commit()} is an abort: nothing is left, and the object is not there. So a try-with-resources never
 * completes what was cut short. Used by one thread.
 */
public abstract class ObjectSink extends OutputStream {

    /** For the stores. */
    protected ObjectSink() {}

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /**
     * Completes the object. Called once; nothing is written afterwards.
     *
     * @throws ObjectExistsException if an object of that name has come meanwhile; it was not touched
     */
    public abstract StoredObject commit() throws IOException;

    /**
     * Ends the writing; aborts it where it was not committed.
     *
     * @throws IOException if something is left behind
     */
    @Override
    public abstract void close() throws IOException;
}
