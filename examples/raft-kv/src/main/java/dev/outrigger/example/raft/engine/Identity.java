package dev.outrigger.example.raft.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * What a data directory says of its node: a number that tells it from an earlier node of that name, and how it came into the cluster. A file of
 * one line, such as {@code 81985529216486895 FOUNDER}. Not safe for use by several threads.
 */
final class Identity {

    private final Path file;
    private long uid;
    private Way way;
    private boolean made;

    private Identity(Path file, long uid, Way way) {
        this.file = file;
        this.uid = uid;
        this.way = way;
    }

    /** How a node came into the cluster, or that it is not in there any more. */
    enum Way {
        /** It was one of those that the cluster began with. */
        FOUNDER,
        /** It was added to a cluster that ran. */
        JOINER,
        /** It has left. */
        GONE
    }

    /**
     * Reads it, or makes it up.
     *
     * @param joining whether a new node is to be added to a cluster that runs
     * @throws IOException if it cannot be read or written, or the node has left and does not ask to join
     */
    static Identity open(Path directory, boolean joining) throws IOException {
        Path file = requireNonNull(directory, "directory").resolve("identity");
        if (Files.notExists(file)) {
            Files.createDirectories(directory);
            Identity fresh = new Identity(file, newUid(), joining ? Way.JOINER : Way.FOUNDER);
            fresh.made = true;
            fresh.write();
            return fresh;
        }
        Identity found = read(file);
        if (found.way == Way.GONE && !joining) {
            throw new IOException("this node has left the cluster (expected: that it joins)");
        }
        if (found.way == Way.GONE) {
            found.renew();
        }
        return found;
    }

    long uid() {
        return uid;
    }

    /** Tells whether it was made up just now. */
    boolean isNew() {
        return made;
    }

    boolean isFounder() {
        return way == Way.FOUNDER;
    }

    /** Becomes another node of that name, which is added anew. */
    void renew() throws IOException {
        uid = newUid();
        way = Way.JOINER;
        made = true;
        write();
    }

    /** Notes that the node has left. */
    void leave() throws IOException {
        way = Way.GONE;
        write();
    }

    private static Identity read(Path file) throws IOException {
        String[] words = Files.readString(file, US_ASCII).strip().split(" ", -1);
        try {
            return new Identity(file, Long.parseLong(words[0]), Way.valueOf(words[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + ": malformed (expected: NUMBER WAY)", e);
        }
    }

    private void write() throws IOException {
        Path next = file.resolveSibling("identity.new");
        Files.writeString(next, uid + " " + way + "\n", US_ASCII);
        Files.move(next, file, ATOMIC_MOVE);
    }

    private static long newUid() {
        return new SecureRandom().nextLong() >>> 1;
    }
}
