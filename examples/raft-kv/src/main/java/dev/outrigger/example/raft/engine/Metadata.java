package dev.outrigger.example.raft.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.raft.store.RegisterCommand;
import dev.outrigger.example.raft.store.RegisterState;
import dev.outrigger.example.raft.store.WireReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Named values that all nodes agree on, each changed by whoever has seen its newest version.
 *
 * <p>Reads are linearizable. Every method throws a {@link StoreException} as {@link ClusterKeys} does; a change whose outcome is uncertain is
 * settled by reading. Keys that begin with {@code member/} are the engine's own.
 */
public final class Metadata {

    private final Router router;
    private final LocalDivisions divisions;

    Metadata(Router router, LocalDivisions divisions) {
        this.router = requireNonNull(router, "router");
        this.divisions = requireNonNull(divisions, "divisions");
    }

    /** Returns the registers whose keys begin so, by key. */
    public List<Register> list(String prefix) {
        return registers(router.read(GroupName.METADATA, Question.STATE, prefix.getBytes(UTF_8)));
    }

    /** Returns a register; empty where it does not exist. */
    public Optional<Register> read(String key) {
        return list(key).stream().filter(register -> register.key().equals(key)).findFirst();
    }

    /**
     * Returns the registers whose keys begin so, by key, as this node's replica has them: possibly of a while ago. Answers at once; empty where
     * the replica is not open.
     *
     * @throws StoreException with {@link Reason#FAILED} if the replica's database fails
     */
    public List<Register> listHere(String prefix) {
        Optional<RegisterState> here = divisions
                .state(GroupName.METADATA)
                .filter(RegisterState.class::isInstance)
                .map(RegisterState.class::cast);
        if (here.isEmpty() || divisions.phase() == LocalDivisions.Phase.CLOSED) {
            return List.of();
        }
        try {
            return here.get().list(prefix).stream().map(Metadata::register).toList();
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, "the metadata on this node cannot be read", e);
        }
    }

    /**
     * Writes a register that has not been changed since it was read.
     *
     * @param expectedVersion what it had then, or {@link Register#ABSENT} to write it only where it does not exist
     * @return the register as written; empty if it has another version
     */
    public Optional<Register> compareAndSet(String key, long expectedVersion, byte[] value) {
        RegisterCommand command = new RegisterCommand.CompareAndSet(key, expectedVersion, value);
        long version = new WireReader(router.write(GroupName.METADATA, command.encode())).number();
        return version == Register.ABSENT ? Optional.empty() : Optional.of(new Register(key, version, value));
    }

    /** Removes a register, whatever its version; returns whether it was there. */
    public boolean remove(String key) {
        RegisterCommand command = new RegisterCommand.Remove(key);
        return new WireReader(router.write(GroupName.METADATA, command.encode())).number() == 1;
    }

    /** Returns the registers whose keys begin so, as the other members have them. */
    List<Register> listElsewhere(String prefix) {
        return registers(router.readElsewhere(GroupName.METADATA, prefix.getBytes(UTF_8)));
    }

    private static List<Register> registers(byte[] answer) {
        return RegisterState.entries(answer).stream().map(Metadata::register).toList();
    }

    private static Register register(RegisterState.Entry entry) {
        return new Register(entry.key(), entry.version(), entry.value());
    }
}
