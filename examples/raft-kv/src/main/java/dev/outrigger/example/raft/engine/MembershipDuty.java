package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does for the cluster's membership in the background, on one thread: it enters itself, joins group by group, and, where it leads the
 * metadata, takes out of all groups who was declared dead. Each step is tried again until it is done.
 */
final class MembershipDuty implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipDuty.class);
    private static final Duration PACE = Duration.ofMillis(250);

    private final MemberAddress self;
    private final boolean joining;
    private final LocalDivisions divisions;
    private final Configurations configurations;
    private final MemberBook book;
    private final Replicas replicas;
    private final Turns turns = new Turns("membership", this::turn);
    private volatile Optional<Identity> identity = Optional.empty();
    private boolean checked; // guarded by this
    private boolean gone; // guarded by this
    private Optional<String> trouble = Optional.empty(); // only on the thread

    /**
     * @param joining whether a node that the others have taken out comes back as another one
     */
    MembershipDuty(
            MemberAddress self,
            boolean joining,
            LocalDivisions divisions,
            Configurations configurations,
            MemberBook book,
            Replicas replicas) {
        this.self = requireNonNull(self, "self");
        this.joining = joining;
        this.divisions = requireNonNull(divisions, "divisions");
        this.configurations = requireNonNull(configurations, "configurations");
        this.book = requireNonNull(book, "book");
        this.replicas = requireNonNull(replicas, "replicas");
    }

    /** Opens this node's replicas, with no members where it has yet to be added to the groups. */
    @FunctionalInterface
    interface Replicas {

        void open(boolean asFounder) throws IOException;
    }

    /** Begins. An identity that is not new is first held against what the others say of it. */
    void start(Identity opened) {
        identity = Optional.of(opened);
        turns.start(PACE);
    }

    long uid() {
        return identity.map(Identity::uid).orElse(0L);
    }

    /** Takes a turn soon. */
    void hurry() {
        turns.hurry();
    }

    /** Takes this node out, as {@link Membership#leave} says. */
    synchronized void leave() {
        if (gone) {
            return;
        }
        if (divisions.members(GroupName.METADATA).size() == 1) {
            throw new StoreException(Reason.REFUSED, "the last member cannot leave");
        }
        try {
            book.update(self.id(), member -> with(member, MemberState.LEAVING, member.groups()));
            for (GroupName group : divisions.groups()) {
                if (group.shard().isPresent()) {
                    leave(group);
                    book.update(self.id(), member -> with(member, MemberState.LEAVING, inGroups()));
                }
            }
            if (divisions.anyDivision(GroupName.METADATA).isPresent()) {
                book.remove(self.id());
            }
            leave(GroupName.METADATA);
            identity.orElseThrow().leave();
            gone = true;
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, "this node's replicas cannot be removed", e);
        }
    }

    /** Has other members lead what this node leads, as {@link Membership#handOver} says. */
    void handOver() {
        divisions.groups().forEach(this::handOver);
    }

    private void handOver(GroupName group) {
        try {
            configurations.handOver(group);
        } catch (StoreException e) {
            LOG.info("{}: nobody took over, the others elect: {}", group, e.getMessage());
        }
    }

    /** Stops, and waits until the thread is gone. */
    @Override
    public void close() {
        turns.close();
    }

    private void leave(GroupName group) throws IOException {
        if (divisions.anyDivision(group).isEmpty()) {
            return; // done before
        }
        handOver(group);
        configurations.remove(group, divisions.self());
        divisions.remove(group);
    }

    private void turn() {
        try {
            step();
            trouble = Optional.empty();
        } catch (StoreException e) {
            note(String.valueOf(e.reason()), e); // until the next turn
        } catch (IOException | RuntimeException e) {
            note(e.toString(), e);
        }
    }

    private void note(String kind, Exception cause) {
        if (!trouble.filter(kind::equals).isPresent() && divisions.phase() == LocalDivisions.Phase.OPEN) {
            trouble = Optional.of(kind);
            LOG.info("The membership waits: {}", cause.toString());
        }
    }

    private synchronized void step() throws IOException {
        if (gone || divisions.phase() != LocalDivisions.Phase.OPEN) {
            return;
        }
        comeBackIfTakenOut();
        enterIfMissing();
        joinIfJoining();
        takeOutTheDead();
    }

    /** A node whose data is of before it was declared dead must not go on from that: it forgets it, and is another one. */
    private void comeBackIfTakenOut() throws IOException {
        if (checked || !joining || identity.orElseThrow().isNew()) {
            return;
        }
        Optional<MemberView> known = book.elsewhere(self.id());
        boolean takenOut = known.filter(member -> member.state() != MemberState.DOWN
                        && member.uid() == identity.orElseThrow().uid())
                .isEmpty();
        if (takenOut) {
            LOG.info("The others have taken this node out: it begins anew");
            for (GroupName group : divisions.groups()) {
                divisions.remove(group);
            }
            identity.orElseThrow().renew();
            replicas.open(false);
        }
        checked = true;
    }

    private void enterIfMissing() {
        Optional<MemberView> here = here();
        Identity known = identity.orElseThrow();
        if (here.filter(member -> member.uid() == known.uid()).isPresent()) {
            enterAddress(here.get());
            return;
        }
        if (known.isFounder()) {
            if (here.isEmpty() && divisions.leader(GroupName.METADATA).isPresent()) {
                book.create(new MemberView(
                        self, known.uid(), MemberState.UP, divisions.groups().size()));
            }
            return;
        }
        if (!book.create(joiner(known))) {
            book.update(self.id(), member -> member.uid() == known.uid() ? member : joiner(known));
        }
    }

    private void enterAddress(MemberView here) {
        if (!here.address().equals(self)) {
            book.update(self.id(), member -> new MemberView(self, member.uid(), member.state(), member.groups()));
        }
    }

    private MemberView joiner(Identity known) {
        return new MemberView(self, known.uid(), MemberState.JOINING, 0);
    }

    private void joinIfJoining() {
        if (identity.orElseThrow().isFounder()
                || here().filter(MembershipDuty::isIn).isPresent()) {
            return;
        }
        Optional<MemberView> now = book.find(self.id());
        if (now.filter(member -> member.state() == MemberState.JOINING).isEmpty()) {
            return;
        }
        for (GroupName group : divisions.groups()) {
            if (!divisions.takesPart(group)) {
                configurations.add(group, RaftIds.peer(self));
                book.update(self.id(), member -> with(member, MemberState.JOINING, inGroups()));
            }
        }
        if (inGroups() == divisions.groups().size()) {
            book.update(self.id(), member -> with(member, MemberState.UP, inGroups()));
        }
    }

    private void takeOutTheDead() {
        if (!divisions.leads(GroupName.METADATA)) {
            return;
        }
        List<MemberView> dead = book.here().stream()
                .filter(member -> member.state() == MemberState.DOWN && member.groups() > 0)
                .toList();
        for (MemberView member : dead) {
            takeOut(member.address().id());
        }
    }

    private void takeOut(String id) {
        RaftPeerId peer = RaftIds.peerId(id);
        int left = divisions.groups().size();
        for (GroupName group : divisions.groups()) {
            configurations.remove(group, peer);
            int now = --left;
            book.update(
                    id,
                    member -> member.state() == MemberState.DOWN
                            ? with(member, MemberState.DOWN, Math.min(now, member.groups()))
                            : member);
        }
    }

    private Optional<MemberView> here() {
        return book.here().stream()
                .filter(member -> member.address().id().equals(self.id()))
                .findFirst();
    }

    private int inGroups() {
        return (int) divisions.groups().stream().filter(divisions::takesPart).count();
    }

    private static boolean isIn(MemberView member) {
        return switch (member.state()) {
            case UP, LEAVING, DOWN -> true;
            case JOINING -> false;
        };
    }

    private static MemberView with(MemberView member, MemberState state, int groups) {
        return new MemberView(member.address(), member.uid(), state, groups);
    }
}
