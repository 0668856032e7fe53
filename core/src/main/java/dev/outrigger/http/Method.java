package dev.outrigger.http;

/**
 * The request methods a route can be declared for, and two that are only ever answered by the server itself.
 *
 * <p>Anything else a client sends is {@link #UNKNOWN}: it is answered with 501 and counted under the label
 * {@code OTHER}, so that a stranger cannot make a metric grow.
 */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    UNKNOWN;

    /** Tells whether the method only reads, which decides whether a route may be anything but {@link Access#WRITE}. */
    public boolean isSafe() {
        return this == GET || this == HEAD || this == OPTIONS;
    }

    /** The method as a metric label: its name, or {@code OTHER} for {@link #UNKNOWN}. */
    public String label() {
        return this == UNKNOWN ? "OTHER" : name();
    }
}
