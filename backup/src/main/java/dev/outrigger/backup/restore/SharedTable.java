package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One table of a restore that several members carry out.
 *
 * @param source what it is called in the backup
 * @param target what it is to be called here
 * @param state how far it is, for all members alike
 * @param error why it failed, for people
 * @param shards the ids of all its shards
 * @param members what each member has done that has done anything
 */
record SharedTable(
        TableName source,
        TableName target,
        TableState state,
        Optional<String> error,
        Set<Integer> shards,
        SortedMap<NodeAddress, MemberPart> members) {

    SharedTable {
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(state, "state");
        requireNonNull(error, "error");
        shards = Set.copyOf(shards);
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** The same in another state; a table that is settled stays as it is. */
    SharedTable in(TableState next) {
        return state.isSettled() ? this : new SharedTable(source, target, next, error, shards, members);
    }

    /** The same, given up; a table that is settled stays as it is. */
    SharedTable failed(String why) {
        return state.isSettled()
                ? this
                : new SharedTable(source, target, TableState.FAILED, Optional.of(why), shards, members);
    }

    /** The same with shards that a member has staged. Which members take part is settled once the table is live. */
    SharedTable staged(NodeAddress member, Set<Integer> here) {
        return state.isSettled() ? this : with(member, new MemberPart(here, false));
    }

    /** The same without shards that a member has staged and lost. */
    SharedTable withdrawn(NodeAddress member, Set<Integer> lost) {
        Set<Integer> left = new HashSet<>(part(member).staged());
        left.removeAll(lost);
        return staged(member, left);
    }

    /** The same, put in place on one member. */
    SharedTable swapped(NodeAddress member) {
        return state == TableState.LIVE && members.containsKey(member)
                ? with(member, new MemberPart(part(member).staged(), true))
                : this;
    }

    private SharedTable with(NodeAddress member, MemberPart part) {
        SortedMap<NodeAddress, MemberPart> more = new TreeMap<>(members);
        more.put(member, part);
        return new SharedTable(source, target, state, error, shards, more);
    }

    /** Returns what a member has done. */
    MemberPart part(NodeAddress member) {
        return members.getOrDefault(member, new MemberPart(Set.of(), false));
    }

    /** Tells whether a member has something to put in place that it has not yet. */
    boolean awaits(NodeAddress member) {
        return state == TableState.LIVE
                && !part(member).staged().isEmpty()
                && !part(member).swapped();
    }

    /**
     * Tells whether nobody has anything left to do.
     *
     * @param isMember tells who is still there; others are not waited for
     */
    boolean isDone(Predicate<NodeAddress> isMember) {
        return state.isSettled() && members.keySet().stream().filter(isMember).noneMatch(this::awaits);
    }
}
