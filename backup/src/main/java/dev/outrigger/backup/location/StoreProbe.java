package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.UUID;

/** Tries on a store of any kind what every backup relies on. */
final class StoreProbe {

    private static final int MANY = 1_000;

    private final ObjectStore store;
    private final String prefix;

    /**
     * Prepares to try a store.
     *
     * @param owner who tries
     */
    StoreProbe(ObjectStore store, String owner) {
        this.store = store;
        this.prefix = "outrigger-probe-" + UUID.nameUUIDFromBytes(owner.getBytes(UTF_8)) + "-";
    }

    /** Removes what the end of a process has left of a probe of the same owner. */
    void removeLeft() throws IOException {
        for (StoredObject left : store.list(prefix, "", MANY)) {
            store.delete(left.name());
        }
    }

    /** What the names of all its objects begin with. */
    String prefix() {
        return prefix;
    }

    /** Makes a name that nobody has, for an object that will not stay. */
    ObjectName newName() {
        return new ObjectName(prefix + UUID.randomUUID());
    }

    /** A write that must not replace anything. */
    @FunctionalInterface
    interface ConditionalWrite {

        void write(ObjectName name, byte[] content) throws IOException;
    }

    /**
     * Tells whether a second write to a name is refused.
     *
     * @throws IOException if nothing can be written, or a listing does not show what was
     */
    boolean isConditional(ConditionalWrite put) throws IOException {
        ObjectName name = newName();
        try {
            boolean able = writesFirst(put, name);
            if (store.list(name.value(), "", 1).isEmpty()) {
                throw new IOException("location: a listing does not show what was just written (expected: to show it)");
            }
            return able && refusesSecond(put, name);
        } finally {
            store.delete(name);
        }
    }

    private boolean writesFirst(ConditionalWrite put, ObjectName name) throws IOException {
        try {
            put.write(name, "first".getBytes(US_ASCII));
            return true;
        } catch (UnconditionalStoreException e) {
            store.replace(name, "first".getBytes(US_ASCII));
            return false;
        }
    }

    private static boolean refusesSecond(ConditionalWrite put, ObjectName name) throws IOException {
        try {
            put.write(name, "second".getBytes(US_ASCII));
            return false;
        } catch (ObjectExistsException e) {
            return true;
        }
    }
}
