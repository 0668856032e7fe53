package dev.outrigger.example.raft.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/** What groups and members are called in Raft: the same on all nodes and for ever. */
final class RaftIds {

    private static final String NAMESPACE = "outrigger-raft-kv/";

    private RaftIds() {}

    /** Returns the names of all groups: metadata first, then shards by id. */
    static List<GroupName> groups(int shards) {
        return Stream.concat(
                        Stream.of(GroupName.METADATA),
                        IntStream.range(0, shards).mapToObj(GroupName::ofShard))
                .toList();
    }

    static RaftGroupId group(GroupName name) {
        return RaftGroupId.valueOf(UUID.nameUUIDFromBytes((NAMESPACE + name).getBytes(US_ASCII)));
    }

    /** Returns which of the groups has an id; empty where none has. */
    static Optional<GroupName> name(RaftGroupId id, List<GroupName> groups) {
        return groups.stream().filter(name -> group(name).equals(id)).findFirst();
    }

    static RaftPeerId peerId(String node) {
        return RaftPeerId.valueOf(node);
    }

    static RaftPeer peer(MemberAddress member) {
        return RaftPeer.newBuilder()
                .setId(peerId(member.id()))
                .setAddress(member.raftEndpoint())
                .build();
    }
}
