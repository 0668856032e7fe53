package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.raft.store.ReplicaHome;
import dev.outrigger.example.raft.store.StoreResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;

/**
 * One node's part in the cluster: its replica of every group, the way to whoever leads one, and who is a member.
 *
 * <p>Safe for use by many threads. What calls other nodes waits for no longer than the {@linkplain EngineSettings.Builder#callTimeout
 * timeout} and throws a {@link StoreException} then; so none of it belongs on an event loop. What only tells something says so, and answers
 * at once from what this node knows.
 */
public final class Engine implements AutoCloseable {

    /** How long a replica that cannot go on waits for another one before it looks again whether it can. */
    private static final Duration HEALING_TIMEOUT = Duration.ofSeconds(2);

    private final EngineSettings settings;
    private final RaftProperties properties;
    private final LocalDivisions divisions;
    private final PeerBook peers;
    private final DivisionViews views;
    private final ClusterKeys keys;
    private final Metadata metadata;
    private final MembershipDuty duty;
    private final Membership membership;
    private final Changes changes;
    private final List<ShardDoor> doors;
    private final Healer healer;
    private Optional<StoreResources> resources = Optional.empty(); // guarded by this
    private boolean closed; // guarded by this

    /** Prepares an engine. Nothing is opened yet. */
    public Engine(EngineSettings settings) {
        this.settings = requireNonNull(settings, "settings");
        this.properties = RaftTuning.of(settings, settings.directory().resolve("raft"));
        List<GroupName> groups = RaftIds.groups(settings.shards());
        this.divisions = new LocalDivisions(RaftIds.peerId(settings.self().id()), groups);
        this.peers = new PeerBook(new GrpcFactory(new Parameters()).newRaftClientRpc(ClientId.randomId(), properties));
        peers.add(founders());
        Router router = new Router(divisions, peers, settings.callTimeout());
        Configurations configurations = new Configurations(router, divisions, settings.electionTimeout());
        Router brief = router.within(HEALING_TIMEOUT);
        this.healer = new Healer(brief, new Configurations(brief, divisions, settings.electionTimeout()), divisions);
        this.views = new DivisionViews(divisions, settings.electionTimeout());
        this.keys = new ClusterKeys(router, settings.shards());
        this.metadata = new Metadata(router, divisions);
        MemberBook book = new MemberBook(metadata);
        this.changes = new Changes(views, book);
        this.duty =
                new MembershipDuty(settings.self(), settings.joining(), divisions, configurations, book, this::open);
        this.membership = new Membership(settings.self().id(), groups.size(), book, duty);
        this.doors = groups.stream()
                .filter(group -> group.shard().isPresent())
                .map(group -> new ShardDoor(group.shard().getAsInt(), home(group), router, divisions))
                .toList();
    }

    /**
     * Opens this node's replicas, or begins to join, and returns when they are open: not when there are leaders, nor when the node has
     * joined, both of which happen in the background.
     *
     * @throws IOException if the port cannot be bound or the data not be read; the engine is to be closed then
     */
    public synchronized void start() throws IOException {
        Identity identity = Identity.open(settings.directory(), settings.joining());
        resources = Optional.of(StoreResources.open(settings.directory().resolve("native")));
        RaftServer server = RaftServer.newBuilder()
                .setServerId(divisions.self())
                .setStateMachineRegistry(this::machine)
                .setProperties(properties)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .build();
        divisions.take(server);
        server.start();
        divisions.adopt();
        open(identity.isFounder());
        divisions.opened();
        duty.start(identity);
        changes.start();
    }

    /** Returns all keys, wherever they are. */
    public ClusterKeys keys() {
        return keys;
    }

    /** Returns this node's replicas as they are now: metadata first, then shards by id. Answers at once. */
    public List<DivisionView> divisions() {
        return views.all();
    }

    /** Returns who is a member. */
    public Membership membership() {
        return membership;
    }

    /** Returns what all nodes agree on besides. */
    public Metadata metadata() {
        return metadata;
    }

    /**
     * Returns the way to a shard's data, for backups.
     *
     * @throws IllegalArgumentException if there is no such shard
     */
    public ShardDoor shard(int id) {
        if (id < 0 || id >= doors.size()) {
            throw new IllegalArgumentException("shard: " + id + " (expected: 0 to " + (doors.size() - 1) + ")");
        }
        return doors.get(id);
    }

    /**
     * Sets what to run when a role, a leader, a member or a replica's state has changed: within a quarter of a second. It runs on a thread of the
     * engine's, must return soon and throw nothing. May be called several times: all of them are run.
     */
    public void onChange(Runnable action) {
        changes.add(action);
    }

    /** Closes all replicas, without leaving the cluster, and waits until its threads are gone. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        divisions.stop();
        duty.close();
        changes.close();
        divisions.close();
        peers.close();
        resources.ifPresent(StoreResources::close);
    }

    private void open(boolean asFounder) throws IOException {
        for (GroupName group : divisions.groups()) {
            divisions.open(group, asFounder ? founders() : List.of());
        }
    }

    private StateMachine machine(RaftGroupId id) {
        GroupName group = RaftIds.name(id, divisions.groups())
                .orElseThrow(() -> new IllegalStateException("group: " + id + " (expected: one of this cluster)"));
        ReplicaStateMachine machine =
                new ReplicaStateMachine(group, home(group), resources.orElseThrow(), healer, changes::hurry);
        divisions.add(machine);
        return machine;
    }

    private ReplicaHome home(GroupName group) {
        Path directory = settings.directory();
        return new ReplicaHome(
                group.shard().isPresent()
                        ? directory
                                .resolve("shards")
                                .resolve(String.valueOf(group.shard().getAsInt()))
                        : directory.resolve("metadata"));
    }

    private List<RaftPeer> founders() {
        List<MemberAddress> all = new ArrayList<>(settings.members());
        if (all.stream().noneMatch(member -> member.id().equals(settings.self().id()))) {
            all.add(settings.self());
        }
        return all.stream().map(RaftIds::peer).toList();
    }
}
