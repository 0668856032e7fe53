package dev.outrigger.example.bench.backup;

import dev.outrigger.backup.Backups;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.netty.OpsSidecar;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A node that does nothing but carry a sidecar, by which its one table is backed up and brought back. Runs until it is killed. */
public final class BackupNode {

    private BackupNode() {}

    /**
     * Takes a port to listen on at loopback; {@code stored} or {@code synthetic} for files that lie in {@code data} or nowhere; a directory,
     * which gets {@code backups}, {@code restored} and {@code ops}; and a load's number of files, bytes per file and shards.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        int port = Integer.parseInt(words.get(0));
        Path directory = Path.of(words.get(2)).toAbsolutePath();
        Optional<Path> root = words.get(1).equals("stored") ? Optional.of(directory.resolve("data")) : Optional.empty();
        LoadSnapshot snapshot = new LoadSnapshot(DataSet.of(words.subList(3, 6)), root);
        Path restored = Files.createDirectories(directory.resolve("restored"));
        Path backupRoot = Files.createDirectories(directory.resolve("backups"));
        LoadTables tables = new LoadTables(snapshot, restored);
        try (Backups backups = Backups.builder("load", "load", "1.0", tables, tables, directory.resolve("ops"))
                        .root("file://" + backupRoot)
                        .open();
                OpsSidecar sidecar = OpsSidecar.builder("load")
                        .listen("127.0.0.1", port)
                        .insecureWrites()
                        .metrics(MetricsSource.of(
                                "load",
                                List.of(MetricFamily.gauge(
                                        "load_heap_peak_bytes", "Peaks of the heap's pools.", BackupNode::heapPeak))))
                        .install(backups)
                        .start()) {
            System.out.println("listens at " + sidecar.address());
            Thread.currentThread().join();
        }
    }

    /** The pools' own peaks, added up though they need not have been at the same moment. */
    private static double heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
