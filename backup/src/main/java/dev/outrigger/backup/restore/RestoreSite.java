package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.Throttle;

/**
 * The node that tables are brought back to, and how.
 *
 * @param product whose backups it takes
 * @param target of the data
 * @param plans where the intent is kept
 * @param signature which manifests are believed
 * @param throttle keeps restores from taking too much
 * @param parallelShards how many shards are fetched at once
 */
public record RestoreSite(
        String product,
        RestoreTarget target,
        PlanStore plans,
        ManifestSignature signature,
        Throttle throttle,
        int parallelShards) {

    /**
     * @throws IllegalArgumentException if no shard could be fetched
     */
    public RestoreSite {
        requireNonNull(product, "product");
        requireNonNull(target, "target");
        requireNonNull(plans, "plans");
        requireNonNull(signature, "signature");
        requireNonNull(throttle, "throttle");
        if (parallelShards < 1) {
            throw new IllegalArgumentException("parallel shards: " + parallelShards + " (expected: >= 1)");
        }
    }
}
