package dev.outrigger.backup.create;

import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.Claim.ClaimedTable;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.Sha256;
import dev.outrigger.backup.manifest.TableMetadata;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** Writes one table: claims its names, writes its shards, a few at once, and then its metadata. Used by one thread. */
final class TableWriting {

    private final BackupSite site;
    private final BackupNames names;
    private final ObjectStore store;
    private final HeldClaim claim;
    private final WrittenFiles written;
    private final JobControl control;
    private final Instant createdAt;

    TableWriting(
            BackupSite site,
            BackupNames names,
            ObjectStore store,
            HeldClaim claim,
            WrittenFiles written,
            JobControl control,
            Instant createdAt) {
        this.site = site;
        this.names = names;
        this.store = store;
        this.claim = claim;
        this.written = written;
        this.control = control;
        this.createdAt = createdAt;
    }

    /**
     * Writes a table out of its snapshot.
     *
     * @throws BackupConflictException if a file's name is taken
     * @throws StoreFailedException if the store failed
     * @throws Exception if the host did
     */
    ManifestTable write(TableName table, TableSnapshot snapshot) throws Exception {
        List<ListedShard> shards = list(table, snapshot);
        TableMetadata metadata = new TableMetadata(
                table,
                snapshot.description(),
                shards.stream().map(shard -> shard.snapshot().description()).toList());
        byte[] document = metadata.encode();
        claim(table, shards.stream().map(ListedShard::id).toList());
        control.phase(
                "table " + table, shards.stream().mapToLong(ListedShard::bytes).sum(), shards.size());
        List<ManifestShard> archives = archive(table, shards);
        return finish(table, document, archives);
    }

    /** Writes the table's metadata, and says in the claim that the table is whole. */
    ManifestTable finish(TableName table, byte[] metadata, List<ManifestShard> archives) throws StoreFailedException {
        ManifestTable finished = ManifestTable.completed(table, describe(names.metadata(table), metadata), archives);
        inStore(() -> {
            claim.finish(finished);
            return finished;
        });
        return finished;
    }

    private List<ListedShard> list(TableName table, TableSnapshot snapshot) throws Exception {
        List<ListedShard> shards =
                new ArrayList<>(ListedShard.list(List.copyOf(snapshot.shards()), site.parallelShards()));
        shards.sort(Comparator.comparingInt(ListedShard::id));
        if (shards.stream().map(ListedShard::id).distinct().count() != shards.size()) {
            throw new IllegalStateException("table " + table + " has a shard twice (expected: each id once)");
        }
        return shards;
    }

    /** Looks for every name that will be used, and then claims them: what is claimed is ours to remove. */
    void claim(TableName table, List<Integer> shards) throws StoreFailedException, BackupConflictException {
        ClaimedTable claimed = new ClaimedTable(table, shards);
        for (ObjectName name : Claim.files(names, claimed).toList()) {
            if (inStore(() -> store.stat(name)).isPresent()) {
                throw new BackupConflictException(
                        "file: " + name + " is there already, and not of this backup (expected: a name that is free)");
            }
        }
        inStore(() -> {
            claim.begin(claimed);
            return claimed;
        });
    }

    private List<ManifestShard> archive(TableName table, List<ListedShard> shards) throws Exception {
        Compression compression = shards.size() > 1 ? site.compression().withWorkers(0) : site.compression();
        ShardWriting writing = new ShardWriting(
                site, store, written, control, createdAt, compression, ShardWriting.BeforeCommit.NOTHING);
        List<Callable<ManifestShard>> work = new ArrayList<>();
        for (ListedShard shard : shards) {
            ObjectName name = names.shard(table, shard.id());
            work.add(() -> writing.write(table, shard.snapshot(), shard.files(), name));
        }
        return new ShardThreads("backup", site.parallelShards()).run(work);
    }

    private BackupFile describe(ObjectName name, byte[] document) throws StoreFailedException {
        StoredObject stored = inStore(() -> store.putIfAbsent(name, document));
        written.add(stored);
        return new BackupFile(name, document.length, Sha256.of(document));
    }

    private static <T> T inStore(StoreCall<T> call) throws StoreFailedException {
        try {
            return call.run();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    /** A call of the store, or of what is kept in it. */
    @FunctionalInterface
    private interface StoreCall<T> {

        T run() throws IOException;
    }
}
