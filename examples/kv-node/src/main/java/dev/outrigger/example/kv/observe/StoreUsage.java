package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.store.Level;
import dev.outrigger.example.kv.store.ShardTree;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.metrics.StorageSpace;
import dev.outrigger.metrics.StorageUsage;
import java.io.IOException;
import java.util.List;

/** Tells how large RocksDB's files are, and how large they could become on this disk. Nothing while the store is not open. */
final class StoreUsage implements StorageUsage {

    private static final String NO_TENANT = "";
    private static final String BUCKET = "kv";

    private final Store store;

    StoreUsage(Store store) {
        this.store = store;
    }

    @Override
    public List<StorageSpace> spaces() throws IOException {
        try {
            long used = store.trees().stream().mapToLong(StoreUsage::bytes).sum();
            return List.of(StorageSpace.of(
                    NO_TENANT, BUCKET, used, used + store.directory().space().usableBytes()));
        } catch (StoreException e) {
            return switch (e.reason()) {
                case LOADING, CLOSED -> List.of();
                case UNUSABLE, SHARD_UNAVAILABLE, TABLE_MISSING, STALLED, UNCERTAIN, REFUSED, FAILED -> throw e;
            };
        }
    }

    private static long bytes(ShardTree tree) {
        return tree.levels().stream().mapToLong(Level::bytes).sum();
    }
}
