package dev.outrigger.backup.create;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.TableMetadata;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Has one table written by the members that lead its shards.
 *
 * <pre>
 *   all names claimed ──► each shard: nobody's ──► asked of its leader ──► written, looked at ──► (all of them) metadata
 *                                        ▲              │ not led there, given up, or its member dead:
 *                                        └──────────────┘ what is under its name is removed first
 * </pre>
 *
 * <p>Only this coordinator removes anything under the names that it has claimed. A member that was given up and wakes up later finds its
 * name taken, or its file goes with the next removal, or is seen for what it is by its version at the last look. Used by one thread, once.
 */
final class SpreadTable {

    /** So that a member that fails again and again does not keep a backup for ever. */
    private static final int MOST_FAILURES = 3;

    private final ShardMembers members;
    private final BackupOrder order;
    private final String run;
    private final TableWriting writing;
    private final ObjectStore store;
    private final Leftovers leftovers;
    private final WrittenFiles written;
    private final JobControl control;

    SpreadTable(
            ShardMembers members,
            BackupOrder order,
            String run,
            TableWriting writing,
            ObjectStore store,
            Leftovers leftovers,
            WrittenFiles written,
            JobControl control) {
        this.members = members;
        this.order = order;
        this.run = run;
        this.writing = writing;
        this.store = store;
        this.leftovers = leftovers;
        this.written = written;
        this.control = control;
    }

    /**
     * Has it written.
     *
     * @throws MemberFailedException if a member does not do its part, or nobody leads a shard for too long
     * @throws BackupConflictException if a file's name is taken by somebody else
     * @throws dev.outrigger.backup.job.StoreFailedException if the store failed
     */
    ManifestTable write(TableName table) throws Exception {
        Set<Integer> shards = known(() -> members.shards(table));
        if (shards.isEmpty()) {
            return ManifestTable.failed(table, "there is no such table");
        }
        writing.claim(table, shards.stream().sorted().toList());
        control.phase("table " + table, 0, shards.size());
        Collected collected = new Collected();
        ErrandBoard board = new ErrandBoard(members, order, run, table, shards);
        try {
            while (!board.isEmpty()) {
                control.check();
                for (ErrandBoard.Ended ended : board.look()) {
                    settle(ended, collected, board);
                }
                askForWhatIsFree(table, board);
                if (!board.isEmpty()) {
                    members.pause();
                }
            }
        } finally {
            board.callOff();
        }
        return finish(table, shards, collected);
    }

    /** What has been written so far. */
    private static final class Collected {

        private final Map<Integer, WrittenShard> shards = new TreeMap<>();
        private TableDescription description = TableDescription.NONE;

        private void add(ShardReport report) {
            for (WrittenShard shard : report.shards()) {
                if (shards.putIfAbsent(shard.entry().id(), shard) != null) {
                    throw new IllegalStateException("shard " + shard.entry().id() + " came twice (expected: once)");
                }
                description = report.table();
            }
        }
    }

    private void settle(ErrandBoard.Ended ended, Collected collected, ErrandBoard board)
            throws StoreFailedException, MemberFailedException {
        if (ended.report().isEmpty()) {
            control.log(ended.order().table() + ", shards " + ended.order().shards() + ": " + ended.why());
            board.failed(ended, MOST_FAILURES);
            return;
        }
        ShardReport report = ended.report().get();
        for (WrittenShard shard : report.shards()) {
            if (!known(() -> store.stat(shard.stored().name())).equals(Optional.of(shard.stored()))) {
                control.log(ended.order().table() + ", shard " + shard.entry().id() + " is not what was written");
                board.failed(ended, MOST_FAILURES);
                return;
            }
        }
        collected.add(report);
        for (WrittenShard shard : report.shards()) {
            written.add(shard.stored());
            control.shardDone();
        }
        board.done(ended, report);
    }

    private void askForWhatIsFree(TableName table, ErrandBoard board) throws Exception {
        Map<NodeAddress, List<Integer>> free = new LinkedHashMap<>();
        for (int shard : board.free()) {
            members.leader(table, shard)
                    .ifPresent(leader -> free.computeIfAbsent(leader, any -> new ArrayList<>())
                            .add(shard));
        }
        board.requireLedInTime();
        BackupNames names = new BackupNames(order.id());
        for (Map.Entry<NodeAddress, List<Integer>> entry : free.entrySet()) {
            List<Integer> shards = entry.getValue();
            for (int from = 0; from < shards.size(); from += ShardOrder.MAX_SHARDS) {
                List<Integer> some = shards.subList(from, Math.min(shards.size(), from + ShardOrder.MAX_SHARDS));
                List<Integer> again = some.stream().filter(board::wasAsked).toList();
                clear(again.stream().map(shard -> names.shard(table, shard)).toList());
                board.ask(entry.getKey(), some);
            }
        }
    }

    private void clear(List<ObjectName> files) throws StoreFailedException {
        known(() -> {
            leftovers.clear(files);
            return files;
        });
    }

    /** What cannot be told or done now says nothing about the table: the attempt ends, and the next goes on. */
    private static <T> T known(Asking<T> asking) throws StoreFailedException {
        try {
            return asking.ask();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @FunctionalInterface
    private interface Asking<T> {

        T ask() throws IOException;
    }

    private ManifestTable finish(TableName table, Set<Integer> shards, Collected collected) throws Exception {
        if (!collected.shards.keySet().equals(shards)) {
            throw new IllegalStateException("shards: " + collected.shards.keySet() + " (expected: " + shards + ")");
        }
        if (!known(() -> members.shards(table)).equals(shards)) {
            throw new MemberFailedException("the table's shards are others than when the backup began");
        }
        List<ShardDescription> descriptions = collected.shards.values().stream()
                .map(WrittenShard::description)
                .toList();
        List<ManifestShard> entries =
                collected.shards.values().stream().map(WrittenShard::entry).toList();
        byte[] metadata = new TableMetadata(table, collected.description, descriptions).encode();
        return writing.finish(table, metadata, entries);
    }
}
