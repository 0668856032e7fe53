package dev.outrigger.backup.manifest;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a manifest, or a claim, says about one table. */
final class TableEntry {

    private TableEntry() {}

    static void write(JsonWriter json, String location, ManifestTable table) {
        json.field("name", table.name().value())
                .field("backup_location", location)
                .field("status", table.status().word())
                .field("error", table.error().orElse(null))
                .field("shard_count", table.shards().size());
        table.metadata()
                .ifPresentOrElse(
                        file -> json.object("metadata", fields -> write(fields, file)),
                        () -> json.nullField("metadata"));
        json.array(
                "shards",
                list -> table.shards()
                        .forEach(shard -> list.element(fields -> {
                            write(fields.field("id", shard.id()), shard.file());
                            fields.field("raw_bytes", shard.rawBytes())
                                    .field("entries", shard.entries())
                                    .field("content_sha256", shard.content().hex())
                                    .field("node", shard.node());
                        })));
    }

    private static void write(JsonWriter json, BackupFile file) {
        json.field("file", file.name().value())
                .field("bytes", file.bytes())
                .field("sha256", file.sha256().hex());
    }

    static ManifestTable read(JsonObject json, BackupNames names) throws BadManifestException {
        TableName name = new TableName(json.string("name"));
        List<ManifestShard> shards = new ArrayList<>();
        for (JsonObject shard : objects(json, "shards")) {
            int id = Math.toIntExact(shard.wholeNumber("id"));
            shards.add(new ManifestShard(
                    id,
                    file(shard, names.shard(name, id)),
                    shard.wholeNumber("raw_bytes"),
                    shard.wholeNumber("entries"),
                    new Sha256(shard.string("content_sha256")),
                    shard.string("node")));
        }
        Optional<JsonObject> metadata = json.optionalObject("metadata");
        Optional<BackupFile> file =
                metadata.isPresent() ? Optional.of(file(metadata.get(), names.metadata(name))) : Optional.empty();
        ManifestTable table = new ManifestTable(name, json.optionalString("error"), file, shards);
        boolean counted = json.wholeNumber("shard_count") == shards.size();
        if (!counted || !json.string("status").equals(table.status().word())) {
            throw new BadManifestException("the manifest is malformed: table " + name + " contradicts itself");
        }
        return table;
    }

    /** Returns the objects of an array that has to be there: without it there would seem to be none. */
    static List<JsonObject> objects(JsonObject json, String name) {
        return json.optionalObjects(name)
                .orElseThrow(() -> new IllegalArgumentException(name + ": missing (expected: an array of objects)"));
    }

    private static BackupFile file(JsonObject json, ObjectName expected) throws BadManifestException {
        if (!json.string("file").equals(expected.value())) {
            throw new BadManifestException("file: not what this backup's would be called (expected: " + expected + ")");
        }
        return new BackupFile(expected, json.wholeNumber("bytes"), new Sha256(json.string("sha256")));
    }
}
