package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.ShardFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Writes the files of one shard into an archive.
 *
 * <p>Each file is read once. Files are in the order of their names' bytes, without times, owners or modes, so equal files give an equal
 * tar. What is held in memory does not depend on their lengths: a few hundred bytes a file, one piece of data, and what
 * {@link Compression} says.
 *
 * <p>Immutable: one writer may write several archives, at once too.
 */
public final class ShardArchiveWriter {

    private final Compression compression;
    private final Pacing pacing;

    /**
     * Prepares for writing.
     *
     * @param pacing is asked before each piece that is read, and told how many bytes of files have gone into the archive
     */
    public ShardArchiveWriter(Compression compression, Pacing pacing) {
        this.compression = requireNonNull(compression, "compression");
        this.pacing = requireNonNull(pacing, "pacing");
    }

    /**
     * Writes an archive. The stream is flushed and left open; after a failure what it got is worth nothing.
     *
     * @param files in any order, each path once
     * @return what was written
     * @throws IllegalArgumentException if a path can stand in no archive, or two could not lie in one directory everywhere: alike but for
     *     case, or one a file and the other a directory
     * @throws ChangedFileException if a file is not as long as it was said to be
     * @throws IOException if a file cannot be read, or the stream not be written
     * @throws InterruptedException if the thread was interrupted
     * @throws CancellationException if the pacing ended it
     */
    public ArchiveSummary write(OutputStream out, ArchiveHeader header, List<ShardFile> files)
            throws IOException, InterruptedException {
        requireNonNull(out, "out");
        requireNonNull(header, "header");
        try {
            return writeOrdered(out, header, ordered(files));
        } catch (ClosedByInterruptException e) {
            throw Pacing.interruption(e);
        }
    }

    private static List<Source> ordered(List<ShardFile> files) {
        List<Source> sources = new ArrayList<>();
        EntryNames names = new EntryNames();
        for (ShardFile file : files) {
            Source source = new Source(new EntryName(file.path()), file);
            names.add(source.name());
            sources.add(source);
        }
        sources.sort(Comparator.comparing(Source::name));
        return sources;
    }

    private ArchiveSummary writeOrdered(OutputStream out, ArchiveHeader header, List<Source> sources)
            throws IOException, InterruptedException {
        FileReading reading = new FileReading(pacing);
        Checksums checksums = new Checksums(sources.size());
        List<ArchivedFile> files = sources.stream().map(Source::listed).toList();
        try (ArchiveOutput archive = new ArchiveOutput(out, compression)) {
            archive.writeHeader(new HeaderDocument(header, files).encode());
            for (int i = 0; i < sources.size(); i++) {
                checksums.set(i, writeFile(archive, reading, sources.get(i)));
            }
            archive.writeChecksums(checksums.encode());
            return archive.finish(sources.size());
        }
    }

    /** Writes a file, and returns its checksum. */
    private int writeFile(ArchiveOutput archive, FileReading reading, Source source)
            throws IOException, InterruptedException {
        ShardFile file = source.file();
        archive.begin(source.name().value(), file.bytes());
        int crc = reading.read(file, (buffer, length) -> {
            archive.write(buffer, length);
            pacing.after(length);
        });
        archive.end(file.bytes());
        return crc;
    }

    /** A file, and its name in the archive. */
    private record Source(EntryName name, ShardFile file) {

        ArchivedFile listed() {
            return new ArchivedFile(name, file.bytes());
        }
    }
}
