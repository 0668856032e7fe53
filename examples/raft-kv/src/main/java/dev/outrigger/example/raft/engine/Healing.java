package dev.outrigger.example.raft.engine;

import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.ReplicatedState;

/** Brings a replica that cannot apply an entry of its group's log into the state of another one that could. */
@FunctionalInterface
interface Healing {

    /**
     * Tries once. Afterwards the state may be at that entry or beyond, or where it was.
     *
     * @throws Exception if it did not work, for whatever reason; the replica is as it was
     */
    void heal(GroupName group, ReplicatedState state, Position entry) throws Exception;
}
