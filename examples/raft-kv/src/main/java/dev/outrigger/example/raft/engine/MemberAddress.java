package dev.outrigger.example.raft.engine;

import java.util.regex.Pattern;

/**
 * Where a member of the cluster is found. Host and Raft port stay with the id: the others do not look for a member at a new place before they
 * are started anew.
 *
 * @param id its name, for ever: 1 to 32 letters, digits and {@code -}
 * @param host at which all its ports are
 * @param raftPort at which the members talk with each other
 * @param respPort at which clients are served
 * @param opsPort at which its sidecar listens
 */
public record MemberAddress(String id, String host, int raftPort, int respPort, int opsPort) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,32}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * @throws IllegalArgumentException if the id or the host has another form, or a port is none
     */
    public MemberAddress {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id: '" + id + "' (expected: " + ID + ")");
        }
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: a name or an IPv4 address)");
        }
        requirePort("raftPort", raftPort);
        requirePort("respPort", respPort);
        requirePort("opsPort", opsPort);
    }

    /** Returns host and port of Raft, as one word. */
    String raftEndpoint() {
        return host + ":" + raftPort;
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 1 to " + HIGHEST_PORT + ")");
        }
    }
}
