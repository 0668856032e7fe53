package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

/**
 * Reads the archive of one shard, and trusts nothing in it.
 *
 * <p>What is read is hashed on the way, and held against what is known of the archive from elsewhere. No name leads out of the
 * destination; there are no links, devices or sparse files; nothing in the archive makes the reader take more memory or write more than
 * was expected.
 *
 * <p>Immutable: one reader may read several archives, at once too.
 */
public final class ShardArchiveReader {

    private final Pacing pacing;

    /**
     * Prepares for reading.
     *
     * @param pacing is asked before each piece that is read, and told how many of the {@linkplain ArchiveSummary#rawBytes() raw bytes}
     *     have been read: all of them in the end
     */
    public ShardArchiveReader(Pacing pacing) {
        this.pacing = requireNonNull(pacing, "pacing");
    }

    /**
     * Reads an archive to its end. When this returns, it was whole, and what the destination promises holds. After a failure the
     * destination may have some of its files, which are the caller's to remove.
     *
     * @param in is left open
     * @param expected what must be true of the archive
     * @return what the archive says about its shard
     * @throws CorruptArchiveException if the archive is not what was expected
     * @throws IOException if it cannot be read, or the files not be written
     * @throws InterruptedException if the thread was interrupted
     * @throws CancellationException if the pacing ended it
     */
    public ArchiveHeader read(InputStream in, ArchiveSummary expected, ArchiveDestination destination)
            throws IOException, InterruptedException {
        requireNonNull(destination, "destination");
        try (ArchiveInput archive = new ArchiveInput(in, expected)) {
            return new Unpacking(archive, expected, destination, pacing).run();
        } catch (ClosedByInterruptException e) {
            throw Pacing.interruption(e);
        }
    }
}
