package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.kv.store.Vitals;
import dev.outrigger.health.HealthResult;

/**
 * The checks of the node's store. Each looks at one thing, and at that thing itself: RocksDB takes a record.
 *
 * <p>While the store is being opened its checks pass as degraded: the recovery gate keeps the node out of traffic, and the node is
 * ready at once when the gate opens, not at the checks' next turn.
 */
final class StoreChecks {

    private final Store store;

    StoreChecks(Store store) {
        this.store = store;
    }

    /** Does RocksDB take a write? */
    HealthResult rocksdb() {
        try {
            store.probeWrite();
            Vitals vitals = store.vitals();
            return HealthResult.healthy().withDetail("background_errors", vitals.backgroundErrors());
        } catch (StoreException e) {
            return e.reason() == Reason.STALLED ? HealthResult.degraded("a write was held back") : failed(e);
        }
    }

    /** Does compaction keep up? */
    HealthResult compaction() {
        try {
            Vitals vitals = store.vitals();
            return verdict(vitals)
                    .withDetail("pending_compaction_bytes", vitals.pendingCompactionBytes())
                    .withDetail("delayed_write_bytes_per_second", vitals.delayedWriteBytesPerSecond());
        } catch (StoreException e) {
            return failed(e);
        }
    }

    private static HealthResult verdict(Vitals vitals) {
        if (vitals.writeStopped()) {
            return HealthResult.unhealthy("RocksDB takes no writes until compaction has caught up");
        }
        return vitals.delayedWriteBytesPerSecond() > 0
                ? HealthResult.degraded("RocksDB holds writes back so that compaction can catch up")
                : HealthResult.healthy();
    }

    private static HealthResult failed(StoreException e) {
        return e.reason() == Reason.LOADING
                ? HealthResult.degraded("the store is being opened")
                : HealthResult.unhealthy(e.getMessage()
                        + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
    }
}
