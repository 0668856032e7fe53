package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.spi.Throttle;
import java.time.InstantSource;

/**
 * The node that looks after backups, and how.
 *
 * @param nodeId names it, as in the claims of its backups
 * @param product whose data it holds
 * @param signature how manifests are signed, and which are believed
 * @param throttle keeps verification from taking too much
 * @param parallelShards how many archives are verified at once
 * @param clock dates tombstones; decides nothing
 */
public record KeepSite(
        String nodeId,
        Product product,
        ManifestSignature signature,
        Throttle throttle,
        int parallelShards,
        InstantSource clock) {

    /**
     * @throws IllegalArgumentException if no shard could be verified
     */
    public KeepSite {
        requireNonNull(nodeId, "nodeId");
        requireNonNull(product, "product");
        requireNonNull(signature, "signature");
        requireNonNull(throttle, "throttle");
        requireNonNull(clock, "clock");
        if (parallelShards < 1) {
            throw new IllegalArgumentException("parallel shards: " + parallelShards + " (expected: >= 1)");
        }
    }
}
