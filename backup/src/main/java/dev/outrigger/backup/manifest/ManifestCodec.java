package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes manifests, and reads them as what they are: documents that came from outside.
 *
 * <p>What is read is whole or refused: every file has the name that this backup would have given it, so that a manifest can neither
 * claim nor delete what belongs to another. Immutable.
 */
public final class ManifestCodec {

    /** The largest manifest that is read. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int FORMAT = 1;
    private static final String SIGNATURE = "signature";

    private final ManifestSignature signature;

    /** Makes a codec that signs, and asks for signatures, as it is told. */
    public ManifestCodec(ManifestSignature signature) {
        this.signature = requireNonNull(signature, "signature");
    }

    /** Writes a manifest or tombstone, signed where there is a key. */
    public byte[] encode(Manifest manifest) {
        return signature.sign(JsonWriter.object(json -> {
            json.field("format_version", FORMAT)
                    .field("min_reader_version", FORMAT)
                    .field("backup_id", manifest.id().value())
                    .field("timestamp", manifest.timestamp())
                    .field("product", manifest.product().name())
                    .field(manifest.product().versionField(), manifest.product().version())
                    .field("token", manifest.token())
                    .field("status", manifest.status().word())
                    .object(
                            "storage",
                            storage -> storage.field(
                                            "conditional_put",
                                            manifest.storage().conditionalPut())
                                    .field("md5_verified", manifest.storage().md5Verified()))
                    .array(
                            "tables",
                            list -> manifest.tables()
                                    .forEach(table -> list.element(
                                            fields -> TableEntry.write(fields, manifest.location(), table))));
        }));
    }

    /**
     * Reads a manifest or tombstone.
     *
     * @param document at most {@link #MAX_BYTES}
     * @param id under whose name it was found
     * @throws BadManifestException if it is malformed, made for a newer reader, another backup's, or not signed as asked
     */
    public Manifest decode(byte[] document, BackupId id) throws BadManifestException {
        try {
            JsonObject json = JsonReader.object(document, MAX_BYTES);
            signature.check(document, json.has(SIGNATURE));
            long needed = json.wholeNumber("min_reader_version");
            if (needed > FORMAT) {
                throw new BadManifestException("min_reader_version: " + needed + " (expected: <= " + FORMAT
                        + "): the backup was written by a newer version, which is needed to read it");
            }
            return manifest(json, id);
        } catch (JsonFormatException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new BadManifestException("the manifest is malformed: " + e.getMessage());
        }
    }

    private static Manifest manifest(JsonObject json, BackupId id) throws BadManifestException {
        if (!json.string("backup_id").equals(id.value())) {
            throw new BadManifestException("backup_id: not the one under whose name the manifest was found");
        }
        Product unversioned = new Product(json.string("product"), "");
        JsonObject storage = json.object("storage");
        List<ManifestTable> tables = new ArrayList<>();
        String location = "";
        for (JsonObject table : TableEntry.objects(json, "tables")) {
            tables.add(TableEntry.read(table, new BackupNames(id)));
            location = table.string("backup_location");
        }
        refuseTwice(tables);
        return new Manifest(
                id,
                Instant.parse(json.string("timestamp")),
                new Product(unversioned.name(), json.string(unversioned.versionField())),
                json.string("token"),
                status(json.string("status")),
                new StoreTraits(
                        storage.optionalBoolean("conditional_put").orElse(false),
                        storage.optionalBoolean("md5_verified").orElse(false)),
                location,
                tables);
    }

    private static void refuseTwice(List<ManifestTable> tables) throws BadManifestException {
        if (tables.stream().map(ManifestTable::name).distinct().count() != tables.size()) {
            throw new BadManifestException("the manifest is malformed: a table is there twice");
        }
    }

    private static ManifestStatus status(String word) {
        return Stream.of(ManifestStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status: unknown to this version"));
    }
}
