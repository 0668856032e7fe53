package dev.outrigger.example.raft.engine;

import dev.outrigger.example.kv.store.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * Named values that all nodes agree on, each changed by whoever has seen its newest version.
 *
 * <p>Reads are linearizable. Every method throws a {@link StoreException} as {@link ClusterKeys} does; a change whose outcome is uncertain is
 * settled by reading. Keys that begin with {@code member/} are the engine's own.
 */
public final class Metadata {

    Metadata() {}

    /** Returns the registers whose keys begin so, by key. */
    public List<Register> list(String prefix) {
        throw new UnsupportedOperationException();
    }

    /** Returns a register; empty where it does not exist. */
    public Optional<Register> read(String key) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a register that has not been changed since it was read.
     *
     * @param expectedVersion what it had then, or {@link Register#ABSENT} to write it only where it does not exist
     * @return the register as written; empty if it has another version
     */
    public Optional<Register> compareAndSet(String key, long expectedVersion, byte[] value) {
        throw new UnsupportedOperationException();
    }

    /** Removes a register, whatever its version; returns whether it was there. */
    public boolean remove(String key) {
        throw new UnsupportedOperationException();
    }
}
