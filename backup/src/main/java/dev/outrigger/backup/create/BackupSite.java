package dev.outrigger.backup.create;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.Throttle;

/**
 * The node that backups are made on, and how.
 *
 * @param nodeId names it
 * @param bootId names this run of its process
 * @param product whose data it holds
 * @param source of the data
 * @param signature how manifests are signed
 * @param throttle keeps backups from taking too much
 * @param parallelShards how many shards are written at once, where a table has several
 * @param compression of the archives; workers are used only where a table has one shard
 */
public record BackupSite(
        String nodeId,
        String bootId,
        Product product,
        BackupSource source,
        ManifestSignature signature,
        Throttle throttle,
        int parallelShards,
        Compression compression) {

    /**
     * @throws IllegalArgumentException if no shard could be written
     */
    public BackupSite {
        requireNonNull(nodeId, "nodeId");
        requireNonNull(bootId, "bootId");
        requireNonNull(product, "product");
        requireNonNull(source, "source");
        requireNonNull(signature, "signature");
        requireNonNull(throttle, "throttle");
        requireNonNull(compression, "compression");
        if (parallelShards < 1) {
            throw new IllegalArgumentException("parallel shards: " + parallelShards + " (expected: >= 1)");
        }
    }
}
