package dev.outrigger.backup.archive;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An archive in memory, with what is expected of it. */
record SealedArchive(byte[] bytes, ArchiveSummary expected) {

    static final ArchiveHeader HEADER = new ArchiveHeader(
            "test-node",
            "1.2.3",
            Instant.parse("2026-11-21T10:15:30.123Z"),
            "node-1",
            new TableName("orders"),
            new ShardDescription(7, Optional.of(new ShardDescription.Range("a", "m")), 4711, 3));

    static SealedArchive of(ShardFile... files) throws Exception {
        return of(Compression.DEFAULT, files);
    }

    static SealedArchive of(Compression compression, ShardFile... files) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveSummary summary = new ShardArchiveWriter(compression, Pacing.NONE).write(out, HEADER, List.of(files));
        return new SealedArchive(out.toByteArray(), summary);
    }

    /** A file whose content is in memory. */
    static ShardFile file(String path, byte[] content) {
        return new ShardFile(path, content.length, () -> new ByteArrayInputStream(content));
    }

    /** A file full of what can be compressed a little. */
    static ShardFile file(String path, int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) ((i * 31) ^ (i >> 7) ^ path.hashCode());
        }
        return file(path, content);
    }

    SealedArchive withBytes(byte[] other) {
        return new SealedArchive(other, expected);
    }

    SealedArchive truncated(int length) {
        return withBytes(Arrays.copyOf(bytes, length));
    }

    ArchiveHeader restore(Path directory) throws IOException, InterruptedException {
        return read(ArchiveDestination.directory(directory));
    }

    ArchiveHeader verify() throws IOException, InterruptedException {
        return read(ArchiveDestination.nowhere());
    }

    ArchiveHeader read(ArchiveDestination destination) throws IOException, InterruptedException {
        return new ShardArchiveReader(Pacing.NONE).read(new ByteArrayInputStream(bytes), expected, destination);
    }
}
