package dev.outrigger.backup.location;

import java.io.IOException;

/** Tells that a location is not under one of the roots that the host has configured, once links are resolved. */
public final class LocationNotAllowedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names the location. */
    LocationNotAllowedException(Location location) {
        super("location: " + location + " (expected: one at or under a configured root)");
    }
}
