package dev.outrigger.backup.location;

import java.io.IOException;

/** Tells that there is an object of that name already. It was not touched. */
public final class ObjectExistsException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names the object. */
    public ObjectExistsException(ObjectName name) {
        super("object: " + name + " (expected: a name that is free)");
    }
}
