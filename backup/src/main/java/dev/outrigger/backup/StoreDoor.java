package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.LocationFormatException;
import dev.outrigger.backup.location.LocationNotAllowedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoreTraits;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one way to a store of backups: the location is read, held to the roots, and, before the first write, tried. Safe for use by many
 * threads.
 */
final class StoreDoor {

    private final StoreOpener opener;
    private final String nodeId;
    private final boolean unconditionalAllowed;

    /** What each location was seen to honour, as long as the process runs. */
    private final Map<Location, StoreTraits> known = new ConcurrentHashMap<>();

    /** What is held while a location is tried, since one node does not do so twice at once. */
    private final Map<Location, Object> trying = new ConcurrentHashMap<>();

    /**
     * Makes a door.
     *
     * @param nodeId names the node
     * @param unconditionalAllowed whether stores are taken that honour no conditional write
     */
    StoreDoor(StoreOpener opener, String nodeId, boolean unconditionalAllowed) {
        this.opener = requireNonNull(opener, "opener");
        this.nodeId = requireNonNull(nodeId, "nodeId");
        this.unconditionalAllowed = unconditionalAllowed;
    }

    /** Opens the store at a location that is allowed. */
    @FunctionalInterface
    interface StoreOpener {

        /**
         * Opens it; the caller closes it.
         *
         * @throws LocationNotAllowedException if the location is under no root
         */
        ObjectStore open(Location location) throws IOException;
    }

    /** Reads a location as a request has it. */
    static Location location(String text) throws RefusedException {
        try {
            return Location.parse(text);
        } catch (LocationFormatException e) {
            throw new RefusedException(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** Opens the store at a location, to read from it; the caller closes it. */
    ObjectStore open(Location location) throws IOException, RefusedException {
        try {
            return opener.open(location);
        } catch (LocationNotAllowedException e) {
            throw new RefusedException(Reason.NOT_ALLOWED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns what a store honours, tried out at the first time that somebody asks.
     *
     * @throws RefusedException if that is not enough for it to be written to
     */
    StoreTraits traits(Location location, ObjectStore store) throws IOException, RefusedException {
        StoreTraits traits = known(location, store);
        if (!traits.conditionalPut() && !unconditionalAllowed) {
            throw new RefusedException(
                    Reason.UNSUPPORTED,
                    "location: '" + location
                            + "' writes over what is there where it must not (expected: a store that honours"
                            + " If-None-Match)");
        }
        return traits;
    }

    /**
     * Removes what the end of this node's process has left of a trial, as far as that was not done before: a trial by this process does it.
     */
    void clearTrials(Location location, ObjectStore store) throws IOException {
        known(location, store);
    }

    private StoreTraits known(Location location, ObjectStore store) throws IOException {
        synchronized (trying.computeIfAbsent(location, key -> new Object())) {
            StoreTraits traits = known.get(location);
            if (traits == null) {
                traits = store.probe(nodeId);
                known.put(location, traits);
            }
            return traits;
        }
    }
}
