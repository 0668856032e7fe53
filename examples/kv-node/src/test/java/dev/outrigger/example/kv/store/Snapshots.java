package dev.outrigger.example.kv.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backup by hand: the files of a table's snapshot, copied into a directory, and from there to where they are staged. */
final class Snapshots {

    private final Path copies;
    private final TableDescription description;
    private final List<ShardDescription> shards;

    private Snapshots(Path copies, TableDescription description, List<ShardDescription> shards) {
        this.copies = copies;
        this.description = description;
        this.shards = shards;
    }

    /** Copies a table's snapshot, and closes it. */
    static Snapshots copy(StoreBackups backups, String table, Path copies) throws Exception {
        try (TableSnapshot snapshot = backups.snapshot(new TableName(table)).orElseThrow()) {
            return copy(snapshot, copies);
        }
    }

    static Snapshots copy(TableSnapshot snapshot, Path copies) throws Exception {
        List<ShardDescription> shards = new ArrayList<>();
        for (ShardSnapshot shard : snapshot.shards()) {
            Path target = Files.createDirectories(
                    copies.resolve(Integer.toString(shard.description().id())));
            for (ShardFile file : shard.files()) {
                try (InputStream in = file.opener().open()) {
                    assertThat(Files.copy(in, target.resolve(file.path()))).isEqualTo(file.bytes());
                }
            }
            shards.add(shard.description());
        }
        return new Snapshots(copies, snapshot.description(), shards);
    }

    /** Takes what was copied before, of the lowest shards; nothing is known of their indexes. */
    static Snapshots at(Path copies, int count) {
        List<ShardDescription> shards = SlotRange.ofSingleNode().subList(0, count).stream()
                .map(range -> new ShardDescription(
                        range.first(),
                        Optional.of(new ShardDescription.Range(
                                Integer.toString(range.first()), Integer.toString(range.last()))),
                        ShardDescription.UNKNOWN,
                        ShardDescription.UNKNOWN))
                .toList();
        return new Snapshots(copies, TableDescription.NONE, shards);
    }

    List<ShardDescription> shards() {
        return shards;
    }

    /** Copies everything to where a restore wants it. */
    StagedTable stage(StoreBackups backups, String restore, String table, boolean replaces) throws Exception {
        RestoreId id = new RestoreId(restore);
        TableName name = new TableName(table);
        List<StagedShard> staged = new ArrayList<>();
        for (ShardDescription shard : shards) {
            Path directory = backups.stage(id, name, shard.id());
            try (var files = Files.list(copies.resolve(Integer.toString(shard.id())))) {
                for (Path file : files.toList()) {
                    Files.copy(file, directory.resolve(file.getFileName().toString()));
                }
            }
            staged.add(new StagedShard(shard, directory));
        }
        return new StagedTable(id, name, replaces, description, staged);
    }
}
