package dev.outrigger.example.raft;

import dev.outrigger.example.kv.UsageException;
import dev.outrigger.example.raft.engine.MemberAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the nodes of a cluster are found, in the order in which they were given.
 *
 * @param members one or more, each name once
 */
public record ClusterLayout(List<MemberAddress> members) {

    /** Three nodes on loopback. */
    public static final ClusterLayout DEFAULT = new ClusterLayout(List.of(
            new MemberAddress("n1", "127.0.0.1", 7001, 6001, 8081),
            new MemberAddress("n2", "127.0.0.1", 7002, 6002, 8082),
            new MemberAddress("n3", "127.0.0.1", 7003, 6003, 8083)));

    private static final String FORM = "expected: NAME=HOST:RAFT-PORT:RESP-PORT:OPS-PORT, several with commas between";

    /**
     * @throws IllegalArgumentException if there is no member, or two have one name or one port of a host in common
     */
    public ClusterLayout {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("nobody (" + FORM + ")");
        }
        Set<String> taken = new HashSet<>();
        for (MemberAddress member : members) {
            requireNew(taken, member.id());
            requireNew(taken, member.host() + ":" + member.raftPort());
            requireNew(taken, member.host() + ":" + member.respPort());
            requireNew(taken, member.host() + ":" + member.opsPort());
        }
    }

    /**
     * Reads a layout as the command line has it.
     *
     * @throws UsageException if it has another form
     */
    static ClusterLayout parse(String text) throws UsageException {
        List<MemberAddress> members = new ArrayList<>();
        try {
            for (String member : text.split(",", -1)) {
                members.add(read(member));
            }
            return new ClusterLayout(members);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--cluster: " + e.getMessage());
        }
    }

    /** Returns the member of that name. */
    Optional<MemberAddress> member(String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    private static MemberAddress read(String text) throws UsageException {
        int equals = text.indexOf('=');
        String[] parts = text.substring(equals + 1).split(":", -1);
        if (equals < 1 || parts.length != 4) {
            throw new UsageException("--cluster: '" + text + "' (" + FORM + ")");
        }
        return new MemberAddress(text.substring(0, equals), parts[0], port(parts[1]), port(parts[2]), port(parts[3]));
    }

    private static int port(String text) throws UsageException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--cluster: port '" + text + "' (" + FORM + ")");
        }
    }

    private static void requireNew(Set<String> taken, String what) {
        if (!taken.add(what)) {
            throw new IllegalArgumentException("" + what + " twice (expected: each name and port once)");
        }
    }
}
