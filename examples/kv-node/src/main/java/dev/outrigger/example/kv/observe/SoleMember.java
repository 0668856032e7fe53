package dev.outrigger.example.kv.observe;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.cluster.ShardRegion;
import dev.outrigger.example.kv.store.ShardView;
import dev.outrigger.example.kv.store.Store;
import java.util.List;
import java.util.Set;

/**
 * The cluster of a node that stands alone: one member, which leads itself and has every shard. A cluster all the same to whoever
 * operates it, with the same routes as one of three nodes.
 *
 * <p>To leave it means to have everything on the disk, and to say so.
 */
final class SoleMember implements ClusterProvider {

    private static final String TYPE = "kv";

    private final Member self;
    private final Store store;
    private volatile MemberStatus status = MemberStatus.UP;

    /**
     * @param name by which the node is known
     * @param incarnation another one at each start
     */
    SoleMember(String name, long incarnation, String version, Store store) {
        this.self = Member.of(name, incarnation, MemberStatus.UP).roles("data").version(version);
        this.store = store;
    }

    @Override
    public ClusterState state() {
        return ClusterState.alone(
                new Member(self.uniqueAddress(), status, self.roles(), self.version(), self.opsUrl()));
    }

    @Override
    public Set<String> shardTypes() {
        return Set.of(TYPE);
    }

    @Override
    public List<ShardRegion> shardRegions(String type) {
        List<Integer> open = store.shards().stream().map(ShardView::id).toList();
        return List.of(new ShardRegion(self.address(), open));
    }

    @Override
    public void leave() {
        status = MemberStatus.LEAVING;
        store.sync();
        status = MemberStatus.REMOVED;
    }

    @Override
    public void down(NodeAddress address) {
        throw new IllegalStateException("there is no other member");
    }
}
