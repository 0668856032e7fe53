package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.UUID;

/** Tries on a store of any kind what every backup relies on. */
final class StoreProbe {

    private StoreProbe() {}

    /** Makes a name that nobody has, for an object that will not stay. */
    static ObjectName newName() {
        return new ObjectName("outrigger-probe-" + UUID.randomUUID());
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
    static boolean isConditional(ObjectStore store, ConditionalWrite put) throws IOException {
        ObjectName name = newName();
        try {
            boolean able = writesFirst(store, put, name);
            if (store.list(name.value(), "", 1).isEmpty()) {
                throw new IOException("location: a listing does not show what was just written (expected: to show it)");
            }
            return able && refusesSecond(put, name);
        } finally {
            store.delete(name);
        }
    }

    private static boolean writesFirst(ObjectStore store, ConditionalWrite put, ObjectName name) throws IOException {
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
