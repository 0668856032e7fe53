package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.S3Settings;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.manifest.SigningKey;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.Throttle;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what is backed up and brought back, where to, and how. Each method checks its arguments at once; nothing is opened before
 * {@link #open()}.
 *
 * <p>Used by one thread.
 */
public final class BackupsBuilder {

    private static final int PARALLEL_SHARDS = 4;
    private static final int MAX_PARALLEL_SHARDS = 64;

    final String nodeId;
    final Product product;
    final BackupSource source;
    final RestoreTarget target;
    final Path state;
    final List<Location> roots = new ArrayList<>();
    final Map<String, OwnTask> tasks = new LinkedHashMap<>();
    final List<KeepRule> rules = new ArrayList<>();
    S3Settings s3 = S3Settings.builder().build();
    Optional<PlanStore> plans = Optional.empty();
    ManifestSignature signature = ManifestSignature.NONE;
    boolean unconditionalAllowed;
    Throttle throttle = Throttle.NONE;
    int parallelShards = PARALLEL_SHARDS;
    Compression compression = Compression.DEFAULT.withWorkers(2);
    boolean startedByHost;
    InstantSource clock = InstantSource.system();

    BackupsBuilder(String nodeId, Product product, BackupSource source, RestoreTarget target, Path state) {
        this.nodeId = requireNonNull(nodeId, "nodeId");
        this.product = requireNonNull(product, "product");
        this.source = requireNonNull(source, "source");
        this.target = requireNonNull(target, "target");
        this.state = requireNonNull(state, "state");
    }

    /** A type of tasks of the host's own. */
    record OwnTask(TaskOptions options, TaskHandler handler) {}

    /**
     * Allows backups at and below a location. At least one is needed.
     *
     * @param location {@code file:///absolute/path}, which must be there, or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException if it is neither
     */
    public BackupsBuilder root(String location) {
        roots.add(Location.parse(location));
        return this;
    }

    /** Sets how an object store is reached. Default: Amazon's, with what its SDK finds in the environment. */
    public BackupsBuilder s3(S3Settings settings) {
        s3 = requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Signs every backup with a key, and brings back only what is signed with it. Default: nothing is signed.
     *
     * @param secret at least 16 bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public BackupsBuilder signingKey(byte[] secret) {
        signature = ManifestSignature.with(SigningKey.of(secret));
        return this;
    }

    /** Brings back what is not signed, too; for the time after a key was introduced. To be called after {@link #signingKey}. */
    public BackupsBuilder acceptUnsigned() {
        signature = signature.acceptingUnsigned();
        return this;
    }

    /**
     * Takes stores that do not honour a conditional write: of two that back up under one id at the same moment, neither may notice.
     * Default: they are refused.
     */
    public BackupsBuilder allowUnconditionalStore() {
        unconditionalAllowed = true;
        return this;
    }

    /** Sets what keeps backups and restores from taking too much of the machine. Default: nothing does. */
    public BackupsBuilder throttle(Throttle newThrottle) {
        throttle = requireNonNull(newThrottle, "throttle");
        return this;
    }

    /**
     * Sets how many shards are written or fetched at once. Each takes a thread and some 10 MiB. Default: 4.
     *
     * @throws IllegalArgumentException if it is not from 1 to 64
     */
    public BackupsBuilder parallelShards(int count) {
        if (count < 1 || count > MAX_PARALLEL_SHARDS) {
            throw new IllegalArgumentException(
                    "parallel shards: " + count + " (expected: 1 to " + MAX_PARALLEL_SHARDS + ")");
        }
        parallelShards = count;
        return this;
    }

    /**
     * Sets how hard archives are compressed. Default: 3.
     *
     * @param level of zstd, 1 to 19
     * @throws IllegalArgumentException if it is another
     */
    public BackupsBuilder compressionLevel(int level) {
        compression = new Compression(level, compression.workers());
        return this;
    }

    /** Has backups made, verified and removed by the clock at one location. Default: nothing happens that nobody asks for. */
    public BackupsBuilder keep(KeepRule rule) {
        rules.add(requireNonNull(rule, "rule"));
        return this;
    }

    /** Keeps the plans of restores elsewhere, for instance in a cluster's own store. Default: files below the state directory. */
    public BackupsBuilder plans(PlanStore store) {
        plans = Optional.of(store);
        return this;
    }

    /**
     * Adds a type of tasks of the host's own to the queue that backups are made by.
     *
     * @throws IllegalArgumentException if it was added before
     */
    public BackupsBuilder task(String type, TaskOptions options, TaskHandler handler) {
        OwnTask task = new OwnTask(requireNonNull(options, "options"), requireNonNull(handler, "handler"));
        if (tasks.putIfAbsent(type, task) != null) {
            throw new IllegalArgumentException("task type: '" + type + "' (expected: one that is not taken)");
        }
        return this;
    }

    /**
     * Leaves the beginning of work to the host, which calls {@link Backups#start()} once its tables can be read and put in place: for a
     * host that opens its data after the sidecar. Until then backups and restores are refused with 503. Default: work begins with the
     * sidecar.
     */
    public BackupsBuilder startedByHost() {
        startedByHost = true;
        return this;
    }

    /** Sets the clock. Default: the system's. */
    public BackupsBuilder clock(InstantSource newClock) {
        clock = requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Opens the records of earlier jobs. No thread begins before the sidecar has started.
     *
     * @throws IllegalArgumentException if no root was given, or a type of tasks is taken
     * @throws dev.outrigger.task.TaskStoreException if the state directory cannot be used, or another process uses it
     * @throws IOException if the plans of restores cannot be read
     */
    public Backups open() throws IOException {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("root: none (expected: at least one location that backups may go to)");
        }
        BackupRecords records = BackupRecords.open(state, plans);
        try {
            return new Backups(this, records);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }
}
