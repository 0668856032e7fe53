package dev.outrigger.backup.restore;

import dev.outrigger.backup.archive.ArchiveDestination;
import dev.outrigger.backup.archive.ArchiveHeader;
import dev.outrigger.backup.archive.ArchiveSummary;
import dev.outrigger.backup.archive.Pacing;
import dev.outrigger.backup.archive.ShardArchiveReader;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads archives of shards out of a store and verifies them on the way, wherever their files go: a restore puts them into a staging
 * place, a rehearsal and a verification nowhere. Immutable; several shards at once.
 */
public final class ShardFetching {

    private final ObjectStore store;
    private final ShardArchiveReader reader;
    private final JobControl control;

    /** Prepares to fetch from a store. */
    public ShardFetching(ObjectStore store, Throttle throttle, JobControl control) {
        this.store = store;
        this.control = control;
        this.reader = new ShardArchiveReader(new Pacing(throttle, control::moved, control::check));
    }

    /**
     * Fetches one shard.
     *
     * @throws StoreFailedException if the store failed
     * @throws BadManifestException if the archive is missing, or another shard's
     * @throws dev.outrigger.backup.archive.CorruptArchiveException if it is not what the manifest vouches for
     * @throws IOException if the files could not be written
     * @throws InterruptedException if the thread was interrupted
     */
    public void fetch(TableName table, ManifestShard shard, ArchiveDestination destination)
            throws IOException, InterruptedException, BadManifestException {
        ArchiveSummary expected = new ArchiveSummary(
                shard.file().bytes(),
                shard.file().sha256().hex(),
                shard.rawBytes(),
                shard.entries(),
                shard.content().hex());
        try (InputStream in = new MarkedSource(open(shard.file().name()))) {
            ArchiveHeader header = reader.read(in, expected, destination);
            if (header.shard().id() != shard.id() || !header.table().equals(table)) {
                throw new BadManifestException("file: " + shard.file().name() + " holds another shard");
            }
        }
        control.shardDone();
    }

    private InputStream open(ObjectName name) throws StoreFailedException, BadManifestException {
        try {
            return store.read(name).orElseThrow(() -> new BadManifestException("file: " + name + " is missing"));
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }
}
