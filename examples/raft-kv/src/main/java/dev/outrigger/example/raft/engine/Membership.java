package dev.outrigger.example.raft.engine;

import dev.outrigger.example.kv.store.StoreException;
import java.util.List;

/** Who is in the cluster, and the ways in and out. */
public final class Membership {

    Membership() {}

    /** Returns this node's id. */
    public String self() {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the members by id, as this node's replica of the metadata has them. Answers at once; empty until it has been told, and this node
     * is missing before it has asked to join and once it has left.
     */
    public List<MemberView> members() {
        throw new UnsupportedOperationException();
    }

    /** Returns how many groups there are, of which a member that is {@link MemberState#UP} is in each. */
    public int groups() {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes this node out: hands over what it leads, then leaves one group after another, metadata last. Its replicas are gone when this
     * returns; the engine is still to be closed. Where it fails it may be asked again, and goes on where it stopped; it does nothing where it is
     * done. Takes as long as it takes: no step longer than the timeout, but there are several a group.
     *
     * @throws StoreException if the node is still in the cluster, or may be
     */
    public void leave() {
        throw new UnsupportedOperationException();
    }

    /**
     * Declares another member dead, and takes it out of all groups. Returns when it is declared, which is a matter of one write; what
     * remains is done in the background, by whichever node is there, and shows in its number of groups.
     *
     * @throws StoreException if that could not be written
     * @throws IllegalArgumentException if it is this node or no member
     */
    public void down(String nodeId) {
        throw new UnsupportedOperationException();
    }
}
