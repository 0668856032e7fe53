package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.Compression;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.S3Settings;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.manifest.SigningKey;
import dev.outrigger.backup.peer.PeerAccess;
import dev.outrigger.backup.peer.PeerTransport;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.Throttle;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says what is backed up and brought back, where to, and how. Each method checks its arguments at once; nothing is opened before
 * {@link #open()}.
 *
 * <p>Used by one thread.
 */
public final class BackupsBuilder {

    /** As of a sidecar. */
    private static final Pattern NODE_ID = Pattern.compile("[!-~]{1,128}");

    private static final Set<String> OWN_TASKS = Set.of(
            BackupTask.TYPE,
            RestoreTask.TYPE,
            VerifyTask.TYPE,
            ScrubTask.TYPE,
            GcTask.TYPE,
            KeepClock.TYPE,
            ShardTask.TYPE);

    /** More than there are cores take them, and their caches, from each other. */
    private static final int MAX_DEFAULT_PARALLEL_SHARDS = 4;

    private static final int MAX_PARALLEL_SHARDS = 64;
    private static final int MAX_COMPRESSION_LEVEL = 19;

    final String nodeId;
    final Product product;
    final BackupSource source;
    final RestoreTarget target;
    final Path state;
    final List<Location> roots = new ArrayList<>();
    final Map<String, OwnTask> tasks = new LinkedHashMap<>();
    KeepRules rules = new KeepRules(List.of());
    S3Settings s3 = S3Settings.builder().build();
    Optional<PlanStore> plans = Optional.empty();
    Optional<Membership> cluster = Optional.empty();
    Optional<PeerTransport> transport = Optional.empty();
    Duration lookEvery = Duration.ofMillis(500);
    Optional<StoreDoor.StoreOpener> opener = Optional.empty();
    private Optional<SigningKey> signingKey = Optional.empty();
    private boolean unsignedAccepted;
    boolean unconditionalAllowed;
    Throttle throttle = Throttle.NONE;
    int parallelShards =
            Math.min(MAX_DEFAULT_PARALLEL_SHARDS, Runtime.getRuntime().availableProcessors());
    Compression compression = Compression.DEFAULT.withWorkers(2);
    boolean startedByHost;
    InstantSource clock = InstantSource.system();

    BackupsBuilder(String nodeId, Product product, BackupSource source, RestoreTarget target, Path state) {
        if (!NODE_ID.matcher(nodeId).matches()) {
            throw new IllegalArgumentException(
                    "node id: '" + nodeId + "' (expected: 1 to 128 visible ASCII characters)");
        }
        this.nodeId = nodeId;
        this.product = requireNonNull(product, "product");
        this.source = requireNonNull(source, "source");
        this.target = requireNonNull(target, "target");
        this.state = requireNonNull(state, "state");
    }

    /** The cluster that the node is in. */
    record Membership(ShardPlacement placement, PeerAccess peers) {}

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
        signingKey = Optional.of(SigningKey.of(secret));
        return this;
    }

    /** Brings back what is not signed, too; for the time after a key was introduced. Of no effect without a {@link #signingKey}. */
    public BackupsBuilder acceptUnsigned() {
        unsignedAccepted = true;
        return this;
    }

    ManifestSignature signature() {
        ManifestSignature signature = signingKey.map(ManifestSignature::with).orElse(ManifestSignature.NONE);
        return unsignedAccepted ? signature.acceptingUnsigned() : signature;
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
     * Sets how many shards are written or fetched at once. Each takes a thread and some 10 MiB. More than there are cores are worth it
     * where an object store is slow to answer. Default: as many as the JVM has cores, at most 4.
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
        if (level < 1 || level > MAX_COMPRESSION_LEVEL) {
            throw new IllegalArgumentException(
                    "compression level: " + level + " (expected: 1 to " + MAX_COMPRESSION_LEVEL + ")");
        }
        compression = new Compression(level, compression.workers());
        return this;
    }

    /**
     * Has backups made, verified and removed by the clock at one location. Default: nothing happens that nobody asks for.
     *
     * @throws IllegalArgumentException if there is a rule for that location
     */
    public BackupsBuilder keep(KeepRule rule) {
        List<KeepRule> more = new ArrayList<>(rules.rules());
        more.add(requireNonNull(rule, "rule"));
        rules = new KeepRules(more);
        return this;
    }

    /** Keeps the plans of restores elsewhere, for instance in a cluster's own store. Default: files below the state directory. */
    public BackupsBuilder plans(PlanStore store) {
        plans = Optional.of(requireNonNull(store, "plans"));
        return this;
    }

    /**
     * Makes this node a member of a cluster: whichever member is asked for a backup or a restore, all of them take part. Needs {@link
     * #plans(PlanStore) plans} that all members see, and locations that all of them reach. All members have the same product, roots,
     * signing key and rules. Default: the node is on its own.
     *
     * @param placement of the shards over the members
     * @param peers how the others are reached
     */
    public BackupsBuilder cluster(ShardPlacement placement, PeerAccess peers) {
        cluster = Optional.of(new Membership(requireNonNull(placement, "placement"), requireNonNull(peers, "peers")));
        return this;
    }

    /**
     * Adds a type of tasks of the host's own to the queue that backups are made by.
     *
     * @throws IllegalArgumentException if it is malformed or taken
     */
    public BackupsBuilder task(String type, TaskOptions options, TaskHandler handler) {
        OwnTask task = new OwnTask(requireNonNull(options, "options"), requireNonNull(handler, "handler"));
        String name = TaskRequest.of(type, "").type(); // which refuses what is no name
        if (OWN_TASKS.contains(name) || tasks.putIfAbsent(name, task) != null) {
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

    /** Opens stores in another way than by their roots, for tests. */
    BackupsBuilder opener(StoreDoor.StoreOpener newOpener) {
        opener = Optional.of(newOpener);
        return this;
    }

    /** Reaches peers in another way than by HTTP, and looks after them more often, for tests. */
    BackupsBuilder transport(PeerTransport newTransport, Duration newLookEvery) {
        transport = Optional.of(newTransport);
        lookEvery = newLookEvery;
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
     * @throws IllegalArgumentException if no root was given, a rule is for a location that is under none, or the node is in a cluster and
     *     keeps its plans to itself
     * @throws dev.outrigger.task.TaskStoreException if the state directory cannot be used, or another process uses it
     * @throws IOException if the plans of restores cannot be read
     */
    public Backups open() throws IOException {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("root: none (expected: at least one location that backups may go to)");
        }
        if (cluster.isPresent() && plans.isEmpty()) {
            throw new IllegalArgumentException("plans: none (expected: a store that all members of the cluster see)");
        }
        for (Location location : rules.locations()) {
            if (roots.stream().noneMatch(root -> root.contains(location))) {
                throw new IllegalArgumentException("keep: '" + location + "' (expected: at or under a root)");
            }
        }
        BackupRecords records = BackupRecords.open(state, plans);
        try {
            return new Backups(this, records);
        } catch (RuntimeException | Error e) {
            records.close();
            throw e;
        }
    }
}
