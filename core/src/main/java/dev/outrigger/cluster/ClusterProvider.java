package dev.outrigger.cluster;

import java.util.List;
import java.util.Set;

/**
 * Tells of the cluster that this node is in, and takes the node out of it. Implemented by the host over whatever keeps its
 * membership: a gossip ring, a Raft group, a lock service.
 *
 * <p>Called on sidecar threads, never on an event loop. {@link #state()} is asked once a second in the background, and besides
 * whenever somebody reads; so calls may overlap, two at the most. A call has 3 seconds. One that takes longer counts as failed
 * and is left to end, without an interrupt, and nothing but {@link #leave()} is called before it has ended: a host whose
 * cluster may be slow (a read through a leader that is not there) does well to answer from what it knows.
 */
public interface ClusterProvider {

    /**
     * Returns what this node knows of the cluster.
     *
     * @throws Exception if nothing is known now; the message is shown to authorised readers only
     */
    ClusterState state() throws Exception;

    /**
     * Returns the types of shards that there are regions of. Default: none.
     *
     * @throws Exception if they are not known now
     */
    default Set<String> shardTypes() throws Exception {
        return Set.of();
    }

    /**
     * Returns which member has which shards of a type, members without any included, in the order in which they are to be
     * shown. Default: nobody has any.
     *
     * @param type one of {@link #shardTypes()}
     * @throws Exception if that is not known now
     */
    default List<ShardRegion> shardRegions(String type) throws Exception {
        return List.of();
    }

    /**
     * Takes this node out of the cluster: hands over what it leads and keeps, and returns when the others do not count on it
     * any more. The node has been out of traffic for the drain delay by then. Called on a thread of its own, with as much time
     * as it takes; again only after it has failed, so that it goes on where it stopped, or does nothing where it is done. The
     * sidecar stays up until the host closes it, which may happen in here too.
     *
     * @throws Exception if the node is still in the cluster, or may be
     */
    void leave() throws Exception;

    /**
     * Declares another member dead, so that the cluster goes on without it.
     *
     * @param address of a member that {@link #state()} has told of, not of this node
     * @throws Exception if that could not be done, or not within 3 seconds; that it is on its way is enough
     */
    void down(NodeAddress address) throws Exception;
}
