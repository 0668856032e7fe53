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

    /**
     * Tells whether a second write to a name is refused.
     *
     * @throws IOException if the first fails, or a listing does not show it
     */
    static boolean isConditional(ObjectStore store) throws IOException {
        ObjectName name = newName();
        try {
            store.putIfAbsent(name, "first".getBytes(US_ASCII));
            if (store.list(name.value(), "", 1).isEmpty()) {
                throw new IOException("location: a listing does not show what was just written (expected: to show it)");
            }
            return refusesSecond(store, name);
        } finally {
            store.delete(name);
        }
    }

    private static boolean refusesSecond(ObjectStore store, ObjectName name) throws IOException {
        try {
            store.putIfAbsent(name, "second".getBytes(US_ASCII));
            return false;
        } catch (ObjectExistsException e) {
            return true;
        }
    }
}
