package dev.outrigger.backup.restore;

import dev.outrigger.backup.archive.ArchiveDestination;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The shards of one table of one restore, on their way into the host's staging places. Used by one thread. */
final class TableStaging {

    private final RestoreSite site;
    private final RestoreId restore;
    private final TableName target;

    TableStaging(RestoreSite site, RestoreId restore, TableName target) {
        this.site = site;
        this.restore = restore;
        this.target = target;
    }

    /** Is told when a shard is here, verified and on disk; on several threads. */
    @FunctionalInterface
    interface Arrival {

        void of(int shard) throws Exception;
    }

    /** Tells whether all files of a shard are here. A host may have lost what was staged: what is not there must not go live. */
    boolean isHere(ManifestShard shard) throws Exception {
        return new StagingPlace(place(shard.id())).files() == shard.entries();
    }

    /**
     * Fetches shards, a few at once.
     *
     * @param source what the table is called in the backup
     * @throws Exception as {@link ShardFetching#fetch} does, or if the host has no place for them
     */
    void fetch(ObjectStore store, JobControl control, TableName source, List<ManifestShard> shards, Arrival arrival)
            throws Exception {
        control.phase(
                "table " + target,
                shards.stream().mapToLong(ManifestShard::rawBytes).sum(),
                shards.size());
        ShardFetching fetching = new ShardFetching(store, site.throttle(), control);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (ManifestShard shard : shards) {
            work.add(() -> {
                Path place = place(shard.id());
                new StagingPlace(place).clear();
                fetching.fetch(source, shard, ArchiveDestination.directory(place));
                arrival.of(shard.id());
                return true;
            });
        }
        new ShardThreads("restore", site.parallelShards()).run(work);
    }

    /** Returns the shards in their places, for the host to take. */
    List<StagedShard> staged(List<ShardDescription> descriptions) throws Exception {
        List<StagedShard> shards = new ArrayList<>();
        for (ShardDescription shard : descriptions) {
            shards.add(new StagedShard(shard, place(shard.id())));
        }
        if (shards.stream().map(StagedShard::directory).distinct().count() != shards.size()) {
            throw new IllegalStateException("two shards of table " + target + " in one place (expected: each its own)");
        }
        return shards;
    }

    private Path place(int shard) throws Exception {
        return site.target().stage(restore, target, shard);
    }
}
