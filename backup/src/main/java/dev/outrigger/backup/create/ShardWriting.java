package dev.outrigger.backup.create;

import dev.outrigger.backup.archive.ArchiveHeader;
import dev.outrigger.backup.archive.ArchiveSummary;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.archive.Pacing;
import dev.outrigger.backup.archive.ShardArchiveWriter;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.Sha256;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes the archives of one table's shards. Immutable; one call a shard, several at once. */
final class ShardWriting {

    private final BackupSite site;
    private final ObjectStore store;
    private final WrittenFiles written;
    private final JobControl control;
    private final Instant createdAt;
    private final ShardArchiveWriter writer;
    private final BeforeCommit beforeCommit;

    /** Asked when an archive is whole, right before it is put in place. */
    @FunctionalInterface
    interface BeforeCommit {

        /** Nothing is in the way. */
        BeforeCommit NOTHING = name -> {};

        /** Throws where it must not be put there. */
        void look(ObjectName name) throws Exception;
    }

    ShardWriting(
            BackupSite site,
            ObjectStore store,
            WrittenFiles written,
            JobControl control,
            Instant createdAt,
            Compression compression,
            BeforeCommit beforeCommit) {
        this.site = site;
        this.store = store;
        this.written = written;
        this.control = control;
        this.createdAt = createdAt;
        this.beforeCommit = beforeCommit;
        this.writer = new ShardArchiveWriter(compression, new Pacing(site.throttle(), control::moved, control::check));
    }

    /**
     * Writes one shard; returns what the manifest is to say of it.
     *
     * @param files what the shard consists of
     * @throws StoreFailedException if the store failed
     * @throws Exception if the host did
     */
    ManifestShard write(TableName table, ShardSnapshot shard, List<ShardFile> files, ObjectName name) throws Exception {
        ArchiveHeader header = new ArchiveHeader(
                site.product().name(), site.product().version(), createdAt, site.nodeId(), table, shard.description());
        try (MarkedSink sink = MarkedSink.create(store, name)) {
            ArchiveSummary summary = writer.write(sink, header, files);
            beforeCommit.look(name);
            StoredObject stored = sink.commit();
            written.add(stored);
            if (stored.bytes() != summary.bytes()) {
                throw new StoreFailedException(new IOException("file: " + name + " has " + stored.bytes()
                        + " bytes at the location (expected: " + summary.bytes() + ", which were written)"));
            }
            control.shardDone();
            return entry(shard.description().id(), name, summary);
        }
    }

    private ManifestShard entry(int id, ObjectName name, ArchiveSummary summary) {
        return new ManifestShard(
                id,
                new BackupFile(name, summary.bytes(), new Sha256(summary.sha256())),
                summary.rawBytes(),
                summary.entries(),
                new Sha256(summary.contentSha256()),
                site.nodeId());
    }
}
