package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.List;

/** Who is in the cluster, and the ways in and out. Safe for use by many threads. */
public final class Membership {

    private final String self;
    private final int groups;
    private final MemberBook book;
    private final MembershipDuty duty;

    Membership(String self, int groups, MemberBook book, MembershipDuty duty) {
        this.self = requireNonNull(self, "self");
        this.groups = groups;
        this.book = requireNonNull(book, "book");
        this.duty = requireNonNull(duty, "duty");
    }

    /** Returns this node's id. */
    public String self() {
        return self;
    }

    /** Returns the number that tells this node from an earlier one of that name; 0 before the engine has started. */
    public long uid() {
        return duty.uid();
    }

    /**
     * Returns the members by id, as this node's replica of the metadata has them. Answers at once; empty until it has been told, and this node
     * is missing before it has asked to join and once it has left.
     *
     * @throws StoreException with {@link Reason#FAILED} if the replica's database fails
     */
    public List<MemberView> members() {
        return book.here();
    }

    /** Returns how many groups there are, of which a member that is {@link MemberState#UP} is in each. */
    public int groups() {
        return groups;
    }

    /**
     * Takes this node out: hands over what it leads, then leaves one group after another, metadata last. Its replicas are gone when this
     * returns; the engine is still to be closed. Where it fails it may be asked again, and goes on where it stopped; it does nothing where it is
     * done. Takes as long as it takes: no step longer than the timeout, but there are several a group.
     *
     * @throws StoreException if the node is still in the cluster, or may be; with {@link Reason#REFUSED} if it is the last member
     */
    public void leave() {
        duty.leave();
    }

    /**
     * Has other members lead what this node leads, so that nobody waits for an election when it stops. Takes a few election timeouts a group at
     * most, and stops at the first that nobody takes over: the others elect then. It may come to lead again for as long as it runs.
     */
    public void handOver() {
        duty.handOver();
    }

    /**
     * Declares another member dead, and takes it out of all groups. Returns when it is declared, which is a matter of one write; what
     * remains is done in the background, by whichever node is there, and shows in its number of groups.
     *
     * @throws StoreException if that could not be written
     * @throws IllegalArgumentException if it is this node or no member
     */
    public void down(String nodeId) {
        if (nodeId.equals(self)) {
            throw new IllegalArgumentException("node: " + nodeId + " (expected: another one)");
        }
        if (book.find(nodeId).isEmpty()) {
            throw new IllegalArgumentException("node: not known (expected: a member)");
        }
        book.update(
                nodeId, member -> new MemberView(member.address(), member.uid(), MemberState.DOWN, member.groups()));
        duty.hurry();
    }
}
