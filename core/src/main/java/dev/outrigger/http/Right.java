package dev.outrigger.http;

/** What a caller may do. */
public enum Right {

    /** Call the routes that read. */
    READ,

    /** Call all routes. */
    WRITE;

    /** Tells whether this right is enough for routes of that kind. */
    public boolean permits(Access access) {
        return access != Access.WRITE || this == WRITE;
    }
}
