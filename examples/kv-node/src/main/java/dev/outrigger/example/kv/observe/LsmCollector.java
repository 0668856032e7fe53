package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.store.Activity;
import dev.outrigger.example.kv.store.BlockCache;
import dev.outrigger.example.kv.store.Level;
import dev.outrigger.example.kv.store.ShardTree;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.Vitals;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Shows RocksDB's log-structured merge trees as {@code lsm_*}, read when somebody asks.
 *
 * <p>While the store is being opened and after it has been closed there is nothing to read, and so no family. Safe for use by
 * many threads.
 */
final class LsmCollector extends Collector implements Collector.Describable {

    private static final double MICROS_PER_SECOND = 1e6;

    private final Store store;

    LsmCollector(Store store) {
        this.store = store;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        try {
            return families(store.trees(), store.activity(), store.vitals());
        } catch (StoreException e) {
            return switch (e.reason()) {
                case LOADING, CLOSED -> List.of();
                case UNUSABLE, SHARD_UNAVAILABLE, TABLE_MISSING, STALLED, UNCERTAIN, REFUSED, FAILED -> throw e;
            };
        }
    }

    @Override
    public List<MetricFamilySamples> describe() {
        BlockCache noCache = new BlockCache(0, 0, 0, 0);
        return families(
                List.of(), new Activity(0, 0, noCache, 0, 0, 0, 0, 0), new Vitals(false, 0, 0, 0, Optional.empty()));
    }

    private static List<MetricFamilySamples> families(List<ShardTree> trees, Activity activity, Vitals vitals) {
        List<MetricFamilySamples> families = new ArrayList<>();
        addTrees(families, trees);
        addLevels(families, trees);
        addActivity(families, activity);
        addCache(families, activity.blockCache());
        addVitals(families, vitals);
        return families;
    }

    private static void addTrees(List<MetricFamilySamples> families, List<ShardTree> trees) {
        families.add(
                perShard("lsm_memtable_bytes", "Bytes in memory, not in files yet.", trees, ShardTree::memtableBytes));
        families.add(perShard(
                "lsm_flush_pending",
                "1 while memory waits to be written to a file.",
                trees,
                tree -> tree.flushPending() ? 1 : 0));
        families.add(perShard(
                "lsm_compaction_pending",
                "1 while files wait to be merged.",
                trees,
                tree -> tree.compactionPending() ? 1 : 0));
        families.add(perShard(
                "lsm_pending_compaction_bytes",
                "Estimate of what compaction has to rewrite.",
                trees,
                ShardTree::pendingCompactionBytes));
        families.add(
                perShard("lsm_estimated_keys", "Estimate of the number of keys.", trees, ShardTree::estimatedKeys));
        families.add(perShard(
                "lsm_live_data_bytes",
                "Estimate of the size of the data, fully compacted.",
                trees,
                ShardTree::liveDataBytes));
    }

    private static void addLevels(List<MetricFamilySamples> families, List<ShardTree> trees) {
        List<String> labels = List.of("shard", "level");
        GaugeMetricFamily files = new GaugeMetricFamily("lsm_level_files", "Table files in a level.", labels);
        GaugeMetricFamily bytes = new GaugeMetricFamily("lsm_level_bytes", "Bytes in a level's files.", labels);
        for (ShardTree tree : trees) {
            for (Level level : tree.levels()) {
                List<String> values = List.of(Integer.toString(tree.id()), Integer.toString(level.number()));
                files.addMetric(values, (double) level.files());
                bytes.addMetric(values, (double) level.bytes());
            }
        }
        families.add(files);
        families.add(bytes);
    }

    private static void addActivity(List<MetricFamilySamples> families, Activity activity) {
        families.add(gauge("lsm_running_flushes", "Flushes that run now.", activity.runningFlushes()));
        families.add(gauge("lsm_running_compactions", "Compactions that run now.", activity.runningCompactions()));
        families.add(counter("lsm_flush_written_bytes", "Bytes that flushes wrote.", activity.flushWrittenBytes()));
        families.add(
                counter("lsm_compaction_read_bytes", "Bytes that compactions read.", activity.compactionReadBytes()));
        families.add(counter(
                "lsm_compaction_written_bytes", "Bytes that compactions wrote.", activity.compactionWrittenBytes()));
        families.add(counter("lsm_wal_written_bytes", "Bytes into the write-ahead log.", activity.walWrittenBytes()));
        families.add(counter(
                "lsm_stall_seconds", "Time that writes were held back.", activity.stallMicros() / MICROS_PER_SECOND));
    }

    private static void addCache(List<MetricFamilySamples> families, BlockCache cache) {
        families.add(gauge("lsm_block_cache_bytes", "Bytes in the block cache.", cache.bytes()));
        families.add(gauge("lsm_block_cache_capacity_bytes", "Size of the block cache.", cache.capacityBytes()));
        families.add(counter("lsm_block_cache_hits", "Blocks found in the cache.", cache.hits()));
        families.add(counter("lsm_block_cache_misses", "Blocks read from files.", cache.misses()));
    }

    private static void addVitals(List<MetricFamilySamples> families, Vitals vitals) {
        families.add(gauge("lsm_write_stopped", "1 while RocksDB takes no writes.", vitals.writeStopped() ? 1 : 0));
        families.add(gauge(
                "lsm_delayed_write_bytes_per_second",
                "Rate that writes are held back to, 0 when they are not.",
                vitals.delayedWriteBytesPerSecond()));
        families.add(
                counter("lsm_background_errors", "Flushes and compactions that failed.", vitals.backgroundErrors()));
    }

    private static MetricFamilySamples perShard(
            String name, String help, List<ShardTree> trees, ToDoubleFunction<ShardTree> value) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, List.of("shard"));
        trees.forEach(tree -> family.addMetric(List.of(Integer.toString(tree.id())), value.applyAsDouble(tree)));
        return family;
    }

    private static MetricFamilySamples gauge(String name, String help, long value) {
        return new GaugeMetricFamily(name, help, (double) value);
    }

    private static MetricFamilySamples counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    private static MetricFamilySamples counter(String name, String help, double value) {
        return new CounterMetricFamily(name, help, value);
    }
}
