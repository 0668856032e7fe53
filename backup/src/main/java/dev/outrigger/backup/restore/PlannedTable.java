package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One table of a restore.
 *
 * @param source what it is called in the backup
 * @param target what it is to be called here
 * @param state how far it is
 * @param error why it failed, for people
 * @param stagedShards the shards that are here and verified
 */
record PlannedTable(
        TableName source, TableName target, TableState state, Optional<String> error, Set<Integer> stagedShards) {

    PlannedTable {
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(state, "state");
        requireNonNull(error, "error");
        stagedShards = Set.copyOf(stagedShards);
    }

    static PlannedTable of(TableName source, TableName target, TableState state) {
        return new PlannedTable(source, target, state, Optional.empty(), Set.of());
    }

    PlannedTable in(TableState next) {
        return new PlannedTable(source, target, next, Optional.empty(), stagedShards);
    }

    PlannedTable failed(String why) {
        return new PlannedTable(source, target, TableState.FAILED, Optional.of(why), Set.of());
    }

    PlannedTable withoutShards(Collection<Integer> ids) {
        Set<Integer> fewer = new TreeSet<>(stagedShards);
        fewer.removeAll(ids);
        return new PlannedTable(source, target, state, error, fewer);
    }

    PlannedTable withShard(int id) {
        Set<Integer> more = new TreeSet<>(stagedShards);
        more.add(id);
        return new PlannedTable(source, target, state, error, more);
    }
}
