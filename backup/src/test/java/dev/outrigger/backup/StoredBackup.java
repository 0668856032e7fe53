package dev.outrigger.backup;

import dev.outrigger.backup.archive.ArchiveDestination;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.restore.ShardFetching;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.Throttle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is at a location, as anybody finds it who comes along. */
public final class StoredBackup {

    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final BackupId id;

    /** A backup, or what may become one, at a location. */
    public StoredBackup(ObjectStore store, BackupId id) {
        this.store = store;
        this.id = id;
    }

    /** Its manifest, where there is a backup. */
    public Optional<Manifest> manifest() throws Exception {
        return new StoredManifests(store, ManifestSignature.NONE)
                .read(id)
                .filter(found -> found.status().isBackup());
    }

    /** Whether its claim is there. */
    public boolean isClaimed() throws IOException {
        return store.stat(new BackupNames(id).claim()).isPresent();
    }

    /** The files of all its tables, by table and by shard and path, brought back and verified. */
    public Map<TableName, Map<String, String>> contents() throws Exception {
        Map<TableName, Map<String, String>> contents = new TreeMap<>();
        for (ManifestTable table : manifest().orElseThrow().tables()) {
            if (table.status() == TableStatus.COMPLETED) {
                new StoredManifests(store, ManifestSignature.NONE).metadata(table);
                contents.put(table.name(), contents(table));
            }
        }
        return contents;
    }

    private Map<String, String> contents(ManifestTable table) throws Exception {
        Path place = Files.createTempDirectory("stored-backup");
        try {
            for (ManifestShard shard : table.shards()) {
                Path directory = Files.createDirectory(place.resolve(String.valueOf(shard.id())));
                new ShardFetching(store, Throttle.NONE, new RecordingControl())
                        .fetch(table.name(), shard, ArchiveDestination.directory(directory));
            }
            return TestFiles.contents(place);
        } finally {
            TestFiles.remove(place);
        }
    }

    /** The names of all objects at the location. */
    public Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        objects().forEach(object -> names.add(object.name().value()));
        return names;
    }

    /** All objects at the location. */
    public Set<StoredObject> objects() throws IOException {
        List<StoredObject> objects = store.list("", "", PAGE);
        return new HashSet<>(objects);
    }

    /** How many writes at the location were begun and never ended. */
    public int unfinished() throws IOException {
        return store.removeUnfinished("", true);
    }
}
