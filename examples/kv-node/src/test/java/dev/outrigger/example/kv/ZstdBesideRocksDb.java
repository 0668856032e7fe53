package dev.outrigger.example.kv;

import dev.outrigger.backup.archive.ArchiveHeader;
import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.archive.Pacing;
import dev.outrigger.backup.archive.ShardArchiveWriter;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.NativeLibrary;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that loads RocksDB, which has a libzstd of its own inside it, and then writes an archive with several threads. */
public final class ZstdBesideRocksDb {

    private ZstdBesideRocksDb() {}

    /** Takes where native code is unpacked. */
    public static void main(String[] arguments) throws Exception {
        NativeLibrary.load(Path.of(arguments[0]));
        ArchiveHeader header = new ArchiveHeader(
                "test",
                "1",
                Instant.EPOCH,
                "node",
                new TableName("t"),
                new ShardDescription(0, Optional.empty(), 1, 1));
        byte[] content = new byte[1 << 20];
        ShardFile file = new ShardFile("zeros", content.length, () -> new ByteArrayInputStream(content));
        new ShardArchiveWriter(Compression.DEFAULT.withWorkers(2), Pacing.NONE)
                .write(OutputStream.nullOutputStream(), header, List.of(file));
        System.out.println("written");
    }
}
