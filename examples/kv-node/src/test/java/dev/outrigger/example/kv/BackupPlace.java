package dev.outrigger.example.kv;

import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A place where backups lie, as somebody sees it who comes along with another program. */
interface BackupPlace extends AutoCloseable {

    String MANIFEST = "-cluster-metadata.json";
    int MAX_MANIFEST = 1 << 20;

    /** What requests call it. */
    String location();

    /** What the virtual machine of a node has to be told. */
    List<String> machineOptions();

    /** What a node has to be told. */
    List<String> nodeOptions();

    /** Everything that is there, hidden files too. */
    SortedSet<String> names();

    byte[] read(String name);

    /** How many uploads were begun and neither completed nor aborted. */
    int openUploads();

    @Override
    void close();

    /**
     * A backup that is there.
     *
     * @param files the names in its manifest, and the manifest's
     */
    record Listed(String id, String status, SortedSet<String> files) {}

    /** The backups that are there, which are those that have a manifest. */
    default List<Listed> listed() {
        return names().stream()
                .filter(name -> name.endsWith(MANIFEST) && !name.startsWith("."))
                .map(this::listed)
                .filter(backup -> List.of("completed", "partial").contains(backup.status))
                .toList();
    }

    private Listed listed(String name) {
        JsonObject manifest = JsonReader.object(read(name), MAX_MANIFEST);
        SortedSet<String> files = new TreeSet<>(List.of(name));
        for (JsonObject table : manifest.objects("tables")) {
            Stream.concat(
                            table.optionalObject("metadata").stream(),
                            table.optionalObjects("shards").orElse(List.of()).stream())
                    .forEach(file -> files.add(file.string("file")));
        }
        return new Listed(manifest.string("backup_id"), manifest.string("status"), files);
    }

    /** What is there and belongs to no backup. */
    default List<String> leftovers() {
        SortedSet<String> known = new TreeSet<>();
        listed().forEach(backup -> known.addAll(backup.files));
        List<String> leftovers = new ArrayList<>(names());
        leftovers.removeAll(known);
        return leftovers;
    }
}
