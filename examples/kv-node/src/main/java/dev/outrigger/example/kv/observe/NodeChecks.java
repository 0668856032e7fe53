package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.DiskSpace;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.kv.store.Vitals;
import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.kv.work.WorkerReport;
import dev.outrigger.health.HealthResult;
import java.io.IOException;
import java.time.Duration;

/**
 * The node's health checks. Each looks at one thing, and at that thing itself: the disk is written to, RocksDB takes a record.
 *
 * <p>While the store is being opened its checks pass as degraded: the recovery gate keeps the node out of traffic, and the node is
 * ready at once when the gate opens, not at the checks' next turn.
 */
final class NodeChecks {

    private static final Duration STUCK = Duration.ofSeconds(30);
    private static final long LEAST_USABLE_BYTES = 64L << 20;

    private final Store store;
    private final WorkerPool workers;

    NodeChecks(Store store, WorkerPool workers) {
        this.store = store;
        this.workers = workers;
    }

    /** Are the threads there that requests run on, and none at one request for ever? */
    HealthResult engine() {
        WorkerReport report = workers.report();
        return verdict(report)
                .withDetail("workers", report.expected())
                .withDetail("alive", report.alive())
                .withDetail("busy", report.busy())
                .withDetail("connections_waiting", report.waiting())
                .withDetail("longest_request_ms", report.longestStep().toMillis());
    }

    private static HealthResult verdict(WorkerReport report) {
        if (report.isShort()) {
            return HealthResult.unhealthy(report.alive() + " of " + report.expected() + " workers are alive");
        }
        if (report.isStuck(STUCK)) {
            return HealthResult.unhealthy("a worker has been at one request for "
                    + report.longestStep().toSeconds() + " s");
        }
        return HealthResult.healthy();
    }

    /** Can the data directory be written, and is there room? */
    HealthResult disk() throws IOException {
        DataDirectory directory = store.directory();
        DiskSpace space = directory.space();
        return verdict(directory, space)
                .withDetail("path", directory.path().toString())
                .withDetail("usable_bytes", space.usableBytes())
                .withDetail("total_bytes", space.totalBytes());
    }

    private static HealthResult verdict(DataDirectory directory, DiskSpace space) {
        try {
            directory.probeWrite();
        } catch (IOException e) {
            return HealthResult.unhealthy("the data directory cannot be written: " + e);
        }
        return space.usableBytes() < LEAST_USABLE_BYTES
                ? HealthResult.unhealthy("the disk is nearly full")
                : HealthResult.healthy();
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
