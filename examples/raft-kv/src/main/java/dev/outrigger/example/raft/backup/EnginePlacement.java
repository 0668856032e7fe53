package dev.outrigger.example.raft.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.GroupName;
import dev.outrigger.example.raft.engine.MemberAddress;
import dev.outrigger.example.raft.engine.MemberState;
import dev.outrigger.example.raft.engine.MemberView;
import dev.outrigger.example.raft.engine.ReplicaView;
import dev.outrigger.example.raft.tables.ClusterTable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells where the shards are, out of what this node's replicas know. Members are named by their ids. Safe for use by many threads. */
public final class EnginePlacement implements ShardPlacement {

    private final Engine engine;
    private final String scheme;

    /** @param scheme in which the members' sidecars are asked: {@code http} or {@code https} */
    public EnginePlacement(Engine engine, String scheme) {
        this.engine = requireNonNull(engine, "engine");
        this.scheme = requireNonNull(scheme, "scheme");
    }

    @Override
    public NodeAddress self() {
        return new NodeAddress(engine.membership().self());
    }

    /**
     * Returns the members as the metadata group has them.
     *
     * @throws IllegalStateException while this node has not been told of any
     */
    @Override
    public Map<NodeAddress, URI> members() {
        Map<NodeAddress, URI> members = new LinkedHashMap<>();
        for (MemberView member : engine.membership().members()) {
            if (member.state() != MemberState.DOWN) {
                members.put(new NodeAddress(member.address().id()), opsUrl(member.address()));
            }
        }
        if (members.isEmpty()) {
            throw new IllegalStateException("who is a member is not known here yet");
        }
        return members;
    }

    private URI opsUrl(MemberAddress address) {
        return URI.create(scheme + "://" + address.host() + ":" + address.opsPort());
    }

    @Override
    public List<TableName> tables() {
        return ClusterTable.all(engine.keys()).stream().map(ClusterTable::name).toList();
    }

    @Override
    public Set<Integer> shards(TableName table) {
        return ClusterTable.find(engine.keys(), table)
                .<Set<Integer>>map(found -> new TreeSet<>(found.shards()))
                .orElse(Set.of());
    }

    @Override
    public Optional<NodeAddress> leader(TableName table, int shard) {
        return engine.shard(shard).leader().map(NodeAddress::new);
    }

    /**
     * Returns the members of the shard's group, as this node's replica has them.
     *
     * @throws IllegalStateException while that is not open, or has been told of none
     */
    @Override
    public Set<NodeAddress> replicas(TableName table, int shard) {
        Set<NodeAddress> replicas = division(shard).replicas().stream()
                .map(ReplicaView::node)
                .map(NodeAddress::new)
                .collect(Collectors.toCollection(TreeSet::new));
        if (replicas.isEmpty()) {
            throw new IllegalStateException("who has a replica of shard " + shard + " is not known here yet");
        }
        return replicas;
    }

    private DivisionView division(int shard) {
        return engine.divisions().stream()
                .filter(view -> view.group().equals(GroupName.ofShard(shard)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("shard " + shard + " is not open here"));
    }
}
