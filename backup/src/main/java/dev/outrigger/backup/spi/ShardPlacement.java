package dev.outrigger.backup.spi;

import dev.outrigger.cluster.NodeAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the shards of the host's tables are spread over the members of its cluster. Implemented by the host over its consensus engine:
 * who leads, who is a member, and what of a table is where are its say, never the sidecar's.
 *
 * <p>A backup takes each shard from the member that leads it; a restore puts it on every member that has a replica of it. Members are
 * named by the addresses that the host's {@link dev.outrigger.cluster.ClusterProvider} tells of.
 *
 * <p>Called on threads of the sidecar, never on an event loop, once a second and more while something is under way: to be answered out
 * of what this member knows. What it knows may be old; whatever is built upon it is checked again. Answers of two members may differ
 * for a while. What is thrown counts as not known now, and is asked again. Safe for use by many threads.
 */
public interface ShardPlacement {

    /** Returns this member. The same at each call. */
    NodeAddress self();

    /**
     * Returns all members but those that were declared dead or have left, and where the sidecar of each listens, with the prefix of its
     * paths there, if any: {@code http://10.0.0.7:8080}. Members that cannot be reached are among them, this one is too. The sidecars
     * have one prefix of the admin API, and one set of roots that all of them see.
     *
     * @throws Exception if that is not known now
     */
    Map<NodeAddress, URI> members() throws Exception;

    /**
     * Lists the tables of the whole cluster, in any order, as {@link BackupSource#tables()} does on a single node.
     *
     * @throws Exception if they are not known now
     */
    List<TableName> tables() throws Exception;

    /**
     * Returns the ids of all shards of a table; none where there is no such table, and none could be brought back under its name.
     *
     * @throws Exception if they are not known now
     */
    Set<Integer> shards(TableName table) throws Exception;

    /**
     * Returns the member that leads a shard, as far as this member knows; empty while nobody is known to.
     *
     * @throws Exception if that is not known now
     */
    Optional<NodeAddress> leader(TableName table, int shard) throws Exception;

    /**
     * Returns the members that have a replica of a shard, or are to have one where the table does not exist yet: those on which a restore
     * has to put it. A member that is gone for good is not among them; one that is away for a while is, and is waited for.
     *
     * @throws Exception if they are not known now
     */
    Set<NodeAddress> replicas(TableName table, int shard) throws Exception;
}
