package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.RegisterState;
import dev.outrigger.example.raft.store.ReplicaHome;
import dev.outrigger.example.raft.store.ReplicaStore;
import dev.outrigger.example.raft.store.ReplicatedState;
import dev.outrigger.example.raft.store.ShardState;
import dev.outrigger.example.raft.store.StagingMissingException;
import dev.outrigger.example.raft.store.StoreResources;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica, as Raft calls it.
 *
 * <p>Entries are applied one after another on a thread of the replica's. Where one cannot be, the replica must not go on as if it had been: it
 * stays there, tries again, and lets itself be {@linkplain Healing healed} meanwhile. Its log and its vote stay as they are: a voter that forgets
 * those could elect two leaders.
 */
final class ReplicaStateMachine extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaStateMachine.class);
    private static final long RETRY_MILLIS = 500;

    private final GroupName group;
    private final ReplicaHome home;
    private final StoreResources resources;
    private final Healing healing;
    private final Runnable changed;
    private final SnapshotShelf shelf;
    private final Semaphore retry = new Semaphore(0); // a permit ends the wait before the next try
    private volatile Optional<ReplicatedState> state = Optional.empty();
    private volatile Optional<Outgoing> outgoing = Optional.empty();
    private volatile boolean isHealing;
    private volatile boolean stopped;

    ReplicaStateMachine(
            GroupName group, ReplicaHome home, StoreResources resources, Healing healing, Runnable changed) {
        this.group = requireNonNull(group, "group");
        this.home = requireNonNull(home, "home");
        this.resources = requireNonNull(resources, "resources");
        this.healing = requireNonNull(healing, "healing");
        this.changed = requireNonNull(changed, "changed");
        this.shelf = new SnapshotShelf(home);
    }

    GroupName group() {
        return group;
    }

    /** Returns what the replica knows, unless it has not been opened yet. */
    Optional<ReplicatedState> state() {
        return state;
    }

    /** Tells whether an entry cannot be applied at the moment. */
    boolean isHealing() {
        return isHealing;
    }

    /** Returns where the replica's files lie. */
    ReplicaHome home() {
        return home;
    }

    /** Ends all waiting: nothing is applied from now on. */
    void stop() {
        stopped = true;
        retry.release();
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
        super.initialize(server, groupId, storage);
        getLifeCycle().startAndTransition(this::open, IOException.class);
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return shelf;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto proto = requireNonNull(transaction.getLogEntry());
        Position entry = new Position(proto.getTerm(), proto.getIndex());
        byte[] command = proto.getStateMachineLogEntry().getLogData().toByteArray();
        Message reply = apply(entry, command);
        pass(entry);
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        Position entry = new Position(term, index);
        if (goesOn()) {
            // Else an entry before this one may not be in the database, which must not say that it is.
            state.ifPresent(opened -> opened.store().pass(entry));
        }
        pass(entry);
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        if (!goesOn()) {
            // Raft counts what was passed to a replica that has stopped, whose state is not that far.
            return CompletableFuture.failedFuture(new IOException(group + ": stopped"));
        }
        try {
            byte[] bytes = request.getContent().toByteArray();
            byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
            return CompletableFuture.completedFuture(Reply.done(answer(bytes[0], rest)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return CompletableFuture.completedFuture(Reply.refused());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Called on the thread that applies, so that nothing is applied meanwhile. */
    @Override
    public long takeSnapshot() throws IOException {
        ReplicatedState opened = opened();
        long replayed = getLastAppliedTermIndex().getIndex();
        if (stopped || isPaused() || replayed < opened.store().applied().index()) {
            return RaftLog.INVALID_LOG_INDEX; // what is in the database, Raft has not counted yet
        }
        Position at = shelf.take(opened.store());
        if (opened instanceof ShardState shard) {
            shard.discardInstalled();
        }
        return at.index();
    }

    @Override
    public void pause() {
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
        retry.release();
    }

    /** Goes on from a snapshot that another member has sent. */
    @Override
    public void reinitialize() throws IOException {
        var snapshot = shelf.newest().orElseThrow(() -> new IOException(group + ": no snapshot has arrived"));
        Position at = SnapshotShelf.positionOf(snapshot);
        opened().replaceBy(snapshot, at);
        setLastAppliedTermIndex(TermIndex.valueOf(at.term(), at.index()));
        isHealing = false;
        getLifeCycle().transition(LifeCycle.State.STARTING);
        getLifeCycle().transition(LifeCycle.State.RUNNING);
        LOG.info("{}: goes on from a snapshot at {}", group, at.index());
        changed.run();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        changed.run();
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        changed.run();
    }

    @Override
    public void close() {
        stop();
        state.ifPresent(opened -> opened.store().close());
        getLifeCycle().checkStateAndClose();
    }

    private void open() throws IOException {
        ReplicaStore store = ReplicaStore.open(resources, home);
        if (shelf.newest().isEmpty() && store.applied().index() >= 0) {
            shelf.take(store); // the process ended while one replaced the other, and the log may not reach back so far
        }
        Position at = shelf.newest().map(SnapshotShelf::positionOf).orElse(Position.NONE);
        if (at.index() > store.applied().index()) {
            Directories.requireDatabase(shelf.newest().orElseThrow());
            store.replaceBy(shelf.newest().orElseThrow(), at, at, (rocks, batch) -> new byte[0]);
        }
        if (at.index() >= 0) {
            setLastAppliedTermIndex(TermIndex.valueOf(at.term(), at.index()));
        }
        outgoing = Optional.of(new Outgoing(store));
        state = Optional.of(group.shard().isPresent() ? new ShardState(store) : new RegisterState(store));
    }

    private ReplicatedState opened() throws IOException {
        return state.orElseThrow(() -> new IOException(group + ": is not open yet"));
    }

    private byte[] answer(byte kind, byte[] question) throws IOException {
        return switch (kind) {
            case Question.STATE -> opened().query(question);
            case Question.NOW -> new byte[0];
            case Question.OUTGOING -> outgoing.orElseThrow().open();
            case Question.PIECE -> outgoing.orElseThrow().piece(question);
            default -> throw new IllegalArgumentException("question: " + kind + " (expected: 0 to 3)");
        };
    }

    /** Applies an entry, however long that takes, unless the replica is stopped before: then the answer is not known here. */
    private Message apply(Position entry, byte[] command) {
        ReplicatedState opened = state.orElseThrow();
        while (goesOn()) {
            if (opened.store().applied().index() >= entry.index()) {
                return Reply.lost(); // Raft passes again what it had passed before the last snapshot
            }
            try {
                Message reply = Reply.done(opened.apply(entry, command));
                recovered();
                return reply;
            } catch (IllegalArgumentException e) {
                LOG.warn("{}: entry {} is no command", group, entry.index(), e);
                return Reply.refused();
            } catch (StagingMissingException | IOException e) {
                failed(entry, e);
                heal(opened, entry);
            }
        }
        return Reply.lost();
    }

    private void heal(ReplicatedState opened, Position entry) {
        try {
            healing.heal(group, opened, entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (Exception e) {
            LOG.debug("{}: not healed yet", group, e);
            pauseBeforeRetry();
            return;
        }
        if (opened.store().applied().index() >= entry.index()) {
            recovered();
        }
    }

    private void pauseBeforeRetry() {
        try {
            if (retry.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                retry.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private void failed(Position entry, Exception cause) {
        if (!isHealing && goesOn()) {
            LOG.error("{}: entry {} cannot be applied, the replica waits to be healed", group, entry.index(), cause);
            isHealing = true;
            changed.run();
        }
    }

    private void recovered() {
        if (isHealing) {
            isHealing = false;
            LOG.info("{}: entries are applied again", group);
            changed.run();
        }
    }

    private boolean goesOn() {
        return !stopped && !isPaused();
    }

    private boolean isPaused() {
        return getLifeCycle().getCurrentState() != LifeCycle.State.RUNNING;
    }

    /** Notes how far Raft has come, which after a start is behind what the database has. */
    private void pass(Position entry) {
        if (entry.index() > getLastAppliedTermIndex().getIndex()) {
            setLastAppliedTermIndex(TermIndex.valueOf(entry.term(), entry.index()));
        }
    }
}
