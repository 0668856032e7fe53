package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.Claim.ClaimedTable;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads claims. Signed as manifests are, since a manifest may be made of what a claim says is there. Immutable. */
public final class ClaimCodec {

    /** The largest claim that is read. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private final ManifestSignature signature;

    /** Makes a codec that signs, and asks for signatures, as it is told. */
    public ClaimCodec(ManifestSignature signature) {
        this.signature = requireNonNull(signature, "signature");
    }

    /**
     * Writes a claim, signed where there is a key.
     *
     * @throws IllegalArgumentException if it is larger than {@link #MAX_BYTES}
     */
    public byte[] encode(Claim claim) {
        byte[] document = signature.sign(document(claim));
        if (document.length > MAX_BYTES) {
            throw new IllegalArgumentException("claim: " + document.length + " bytes (expected: <= " + MAX_BYTES + ")");
        }
        return document;
    }

    private static byte[] document(Claim claim) {
        return JsonWriter.object(json -> json.field("token", claim.token())
                .field("node_id", claim.nodeId())
                .field("boot_id", claim.bootId())
                .field("job_id", claim.jobId())
                .field("created_at", claim.createdAt())
                .array(
                        "tables",
                        list -> claim.tables()
                                .forEach(table -> list.element(fields -> fields.field(
                                                "name", table.name().value())
                                        .numbers("shards", table.shards()))))
                .array(
                        "written",
                        list -> claim.written()
                                .forEach(table -> list.element(fields -> TableEntry.write(fields, "", table)))));
    }

    /**
     * Reads a claim.
     *
     * @throws BadManifestException if it is malformed, or not signed as asked
     */
    public Claim decode(byte[] document, BackupNames names) throws BadManifestException {
        try {
            JsonObject json = JsonReader.object(document, MAX_BYTES);
            signature.check(document, json.has("signature"));
            List<ClaimedTable> tables = new ArrayList<>();
            for (JsonObject table : TableEntry.objects(json, "tables")) {
                tables.add(new ClaimedTable(
                        new TableName(table.string("name")),
                        table.wholeNumbers("shards").stream()
                                .map(Math::toIntExact)
                                .toList()));
            }
            List<ManifestTable> written = new ArrayList<>();
            for (JsonObject table : TableEntry.objects(json, "written")) {
                written.add(TableEntry.read(table, names));
            }
            return new Claim(
                    json.string("token"),
                    json.string("node_id"),
                    json.string("boot_id"),
                    json.string("job_id"),
                    Instant.parse(json.string("created_at")),
                    tables,
                    written);
        } catch (JsonFormatException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new BadManifestException("the claim is malformed: " + e.getMessage());
        }
    }
}
