package dev.outrigger.backup.create;

import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Writes the shards that the coordinator of a backup has asked this member for, out of one snapshot. Nothing is ever removed of what is
 * there: all names are the coordinator's, who has claimed them. Used by one thread, once.
 */
public final class ShardErrand {

    private final BackupSite site;
    private final ShardOrder order;
    private final ObjectStore store;
    private final JobControl control;

    /**
     * Prepares to run it.
     *
     * @param store at the order's location; left open
     */
    public ShardErrand(BackupSite site, ShardOrder order, ObjectStore store, JobControl control) {
        this.site = site;
        this.order = order;
        this.store = store;
        this.control = control;
    }

    /**
     * Looks whether the order is one of a backup that is being written, before anything is done for it.
     *
     * @throws BackupConflictException if it is not
     */
    public void requireWanted() throws IOException, BackupConflictException {
        BackupNames names = new BackupNames(order.backup());
        new ClaimFence(store, site.signature(), order)
                .require(order.shards().stream()
                        .map(shard -> names.shard(order.table(), shard))
                        .toList());
    }

    /**
     * Runs the errand.
     *
     * @return what was written, and what others have to be asked for
     * @throws BackupConflictException if the backup does not want it any more
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop
     * @throws dev.outrigger.backup.job.StoreFailedException if the store failed, or a file is there already
     * @throws Exception if the host did
     */
    public ShardReport run() throws Exception {
        requireWanted();
        try (OptionalSnapshot snapshot = OptionalSnapshot.of(site.source(), order.table())) {
            Optional<TableSnapshot> taken = snapshot.taken();
            return taken.isPresent() ? write(taken.get()) : nothing();
        }
    }

    private ShardReport nothing() {
        return new ShardReport(TableDescription.NONE, List.of(), order.shards());
    }

    private ShardReport write(TableSnapshot snapshot) throws Exception {
        List<ShardSnapshot> led = led(snapshot);
        Set<Integer> notLed = new TreeSet<>(order.shards());
        led.forEach(shard -> notLed.remove(shard.description().id()));
        return new ShardReport(snapshot.description(), archive(led), List.copyOf(notLed));
    }

    private List<ShardSnapshot> led(TableSnapshot snapshot) {
        List<ShardSnapshot> led = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (ShardSnapshot shard : snapshot.shards()) {
            int id = shard.description().id();
            if (!seen.add(id)) {
                throw new IllegalStateException(
                        "table " + order.table() + " has a shard twice (expected: each id once)");
            }
            if (order.shards().contains(id)) {
                led.add(shard);
            }
        }
        led.sort(Comparator.comparingInt(shard -> shard.description().id()));
        return led;
    }

    private List<WrittenShard> archive(List<ShardSnapshot> shards) throws Exception {
        Compression compression = shards.size() > 1 ? site.compression().withWorkers(0) : site.compression();
        ClaimFence fence = new ClaimFence(store, site.signature(), order);
        WrittenFiles written = new WrittenFiles();
        ShardWriting writing =
                new ShardWriting(site, store, written, control, order.createdAt(), compression, fence::require);
        List<Callable<WrittenShard>> work = new ArrayList<>();
        long bytes = 0;
        for (ListedShard shard : ListedShard.list(shards, site.parallelShards())) {
            bytes += shard.bytes();
            work.add(() -> write(shard, writing, written, fence));
        }
        control.phase("table " + order.table(), bytes, shards.size());
        return new ShardThreads("backup", site.parallelShards()).run(work);
    }

    private WrittenShard write(ListedShard shard, ShardWriting writing, WrittenFiles written, ClaimFence fence)
            throws Exception {
        ObjectName name = new BackupNames(order.backup()).shard(order.table(), shard.id());
        ManifestShard entry = writing.write(order.table(), shard.snapshot(), shard.files(), name);
        WrittenShard done = new WrittenShard(
                entry, shard.snapshot().description(), written.find(name).orElseThrow());
        fence.requireStill(done.stored());
        return done;
    }
}
