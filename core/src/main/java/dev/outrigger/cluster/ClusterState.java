package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster at one moment, as this node sees it. Immutable.
 *
 * @param self this node; it need not be among the members, before it has joined and after it has left
 * @param leader where the cluster's leader is, if one is known
 * @param members in the order of their addresses, whatever order they were given in
 */
public record ClusterState(UniqueAddress self, Optional<NodeAddress> leader, List<Member> members) {

    /**
     * @throws IllegalArgumentException if two members have the same unique address
     */
    public ClusterState {
        requireNonNull(self, "self");
        requireNonNull(leader, "leader");
        members = members.stream()
                .sorted((a, b) -> a.uniqueAddress().compareTo(b.uniqueAddress()))
                .toList();
        Set<UniqueAddress> seen = new HashSet<>();
        for (Member member : members) {
            if (!seen.add(member.uniqueAddress())) {
                throw new IllegalArgumentException("member: " + member.address() + " (expected: each one once)");
            }
        }
    }

    /** The state of a node that stands alone and leads itself. */
    public static ClusterState alone(Member self) {
        return new ClusterState(self.uniqueAddress(), Optional.of(self.address()), List.of(self));
    }

    /** Returns the status of this node: {@code REMOVED} where it is no member. */
    public MemberStatus selfStatus() {
        return members.stream()
                .filter(member -> member.uniqueAddress().equals(self))
                .map(Member::status)
                .findFirst()
                .orElse(MemberStatus.REMOVED);
    }

    /** Tells whether this node leads the cluster. */
    public boolean isLeader() {
        return leader.filter(self.address()::equals).isPresent();
    }

    /** Returns the members but this node; an earlier incarnation of it is one of them. */
    public List<Member> others() {
        return members.stream()
                .filter(member -> !member.uniqueAddress().equals(self))
                .toList();
    }

    /** Tells whether nobody else is there: each other member was declared dead or is gone. */
    public boolean isOnlyMember() {
        return others().stream().allMatch(member -> member.status().isGone());
    }
}
