package dev.outrigger.example.kv;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, to be closed in the reverse order, also when that begins while things are still being opened. Safe for
 * use by many threads.
 */
public final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> open = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    /**
     * Takes a part in charge. Closes it at once where everything else has been closed already.
     *
     * @param name what the log calls it
     * @throws StoreException with {@link Reason#CLOSED} where it was closed at once
     */
    public <T extends AutoCloseable> T add(String name, T part) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                open.push(new Part(name, part));
            }
        }
        if (late) {
            close(new Part(name, part));
            throw new StoreException(Reason.CLOSED, "the node is closed");
        }
        return part;
    }

    /** Closes everything, the last one first, whatever fails. */
    @Override
    public void close() {
        Deque<Part> doomed;
        synchronized (this) {
            closed = true;
            doomed = new ArrayDeque<>(open);
            open.clear();
        }
        doomed.forEach(Parts::close);
    }

    private static void close(Part part) {
        try {
            part.resource().close();
        } catch (Exception e) {
            LOG.warn("{} did not close in order", part.name(), e);
        }
    }

    private record Part(String name, AutoCloseable resource) {}
}
