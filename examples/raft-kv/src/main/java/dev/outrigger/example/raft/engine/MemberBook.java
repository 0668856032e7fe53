package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.WireReader;
import dev.outrigger.example.raft.store.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The members, each a register of the metadata. Safe for use by many threads; throws what {@link Metadata} throws. */
final class MemberBook {

    private static final String PREFIX = "member/";

    private final Metadata metadata;

    MemberBook(Metadata metadata) {
        this.metadata = requireNonNull(metadata, "metadata");
    }

    /** Returns the members by id, as this node's replica has them. */
    List<MemberView> here() {
        return members(metadata.listHere(PREFIX));
    }

    /** Returns a member, as the other members have it. */
    Optional<MemberView> elsewhere(String id) {
        return members(metadata.listElsewhere(PREFIX)).stream()
                .filter(member -> member.address().id().equals(id))
                .findFirst();
    }

    Optional<MemberView> find(String id) {
        return metadata.read(PREFIX + id).map(MemberBook::decode);
    }

    /** Writes a member that there is not; returns whether there was none. */
    boolean create(MemberView member) {
        return metadata.compareAndSet(key(member), Register.ABSENT, encode(member))
                .isPresent();
    }

    /** Changes a member until nobody was faster; does nothing where there is none. */
    void update(String id, UnaryOperator<MemberView> change) {
        Optional<Register> register = metadata.read(PREFIX + id);
        while (register.isPresent()) {
            MemberView now = decode(register.get());
            MemberView next = change.apply(now);
            boolean done = next.equals(now)
                    || metadata.compareAndSet(key(next), register.get().version(), encode(next))
                            .isPresent();
            if (done) {
                return;
            }
            register = metadata.read(PREFIX + id);
        }
    }

    void remove(String id) {
        metadata.remove(PREFIX + id);
    }

    private static List<MemberView> members(List<Register> registers) {
        return registers.stream().map(MemberBook::decode).toList();
    }

    private static String key(MemberView member) {
        return PREFIX + member.address().id();
    }

    private static byte[] encode(MemberView member) {
        MemberAddress address = member.address();
        return new WireWriter()
                .text(address.id())
                .text(address.host())
                .number(address.raftPort())
                .number(address.respPort())
                .number(address.opsPort())
                .number(member.uid())
                .text(member.state().name())
                .number(member.groups())
                .done();
    }

    private static MemberView decode(Register register) {
        WireReader in = new WireReader(register.value());
        String id = in.text();
        String host = in.text();
        int raft = Math.toIntExact(in.number());
        int resp = Math.toIntExact(in.number());
        int ops = Math.toIntExact(in.number());
        long uid = in.number();
        MemberState state = MemberState.valueOf(in.text());
        return new MemberView(new MemberAddress(id, host, raft, resp, ops), uid, state, Math.toIntExact(in.number()));
    }
}
