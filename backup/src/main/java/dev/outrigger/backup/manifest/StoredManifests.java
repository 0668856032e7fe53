package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The manifests at one location, and the documents that they vouch for. Safe for use by many threads, as its store is. */
public final class StoredManifests {

    private final ObjectStore store;
    private final ManifestCodec codec;

    /** Reads them as a signature policy says. */
    public StoredManifests(ObjectStore store, ManifestSignature signature) {
        this.store = requireNonNull(store, "store");
        this.codec = new ManifestCodec(signature);
    }

    /**
     * Returns what is under a manifest's name: a manifest or a tombstone.
     *
     * @throws BadManifestException if it is there and not to be believed
     * @throws IOException if the store fails
     */
    public Optional<Manifest> read(BackupId id) throws IOException, BadManifestException {
        Optional<byte[]> document = content(new BackupNames(id).manifest(), ManifestCodec.MAX_BYTES);
        return document.isPresent() ? Optional.of(codec.decode(document.get(), id)) : Optional.empty();
    }

    /**
     * Returns what a backup says about one of its tables.
     *
     * @throws BadManifestException if the document is missing, or is not the one that the manifest vouches for
     * @throws IOException if the store fails
     */
    public TableMetadata metadata(ManifestTable table) throws IOException, BadManifestException {
        BackupFile file = table.metadata()
                .orElseThrow(() -> new BadManifestException("table " + table.name() + " is not in the backup"));
        byte[] document = content(file.name(), TableMetadata.MAX_BYTES)
                .orElseThrow(() -> new BadManifestException("file: " + file.name() + " is missing"));
        if (document.length != file.bytes() || !Sha256.of(document).equals(file.sha256())) {
            throw new BadManifestException("file: " + file.name() + " is not the one that the manifest vouches for");
        }
        TableMetadata metadata = TableMetadata.decode(document, table.name());
        boolean same = metadata.shards().stream()
                .map(shard -> shard.id())
                .toList()
                .equals(table.shards().stream().map(ManifestShard::id).toList());
        if (!same) {
            throw new BadManifestException("table " + table.name() + ": metadata and manifest differ in their shards");
        }
        return metadata;
    }

    private Optional<byte[]> content(ObjectName name, int maxBytes) throws IOException {
        Optional<InputStream> found = store.read(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(
                    in.readNBytes(maxBytes + 1)); // one more than allowed is enough for its reader to refuse it
        }
    }
}
