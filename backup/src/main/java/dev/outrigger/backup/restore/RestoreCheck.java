package dev.outrigger.backup.restore;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.StoredManifests;
import dev.outrigger.backup.manifest.TableStatus;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a restore before anything is touched: what it needs is there, and what it would make is not in the way. Used by one thread. */
public final class RestoreCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreCheck.class);

    private final RestoreSite site;
    private final ObjectStore store;
    private final StoredManifests manifests;

    private final LocalShards here;

    /** Prepares to check against what is at a location, for a node that has all shards. */
    public RestoreCheck(RestoreSite site, ObjectStore store) {
        this(site, store, (table, shard) -> true);
    }

    /** Prepares to check against what is at a location. */
    public RestoreCheck(RestoreSite site, ObjectStore store, LocalShards here) {
        this.site = site;
        this.store = store;
        this.here = here;
        this.manifests = new StoredManifests(store, site.signature());
    }

    /** Tells which shards take space on this node. */
    @FunctionalInterface
    public interface LocalShards {

        /** Tells whether one is to be put here. */
        boolean isHere(TableName target, int shard) throws Exception;
    }

    /**
     * Plans a restore.
     *
     * @param depth how closely to look at the backup: a restore itself looks at {@link Rehearsal#METADATA}
     * @throws RefusedException if it cannot be done: no such backup, or no such table in it; a table that is in the way; a backup that
     *     is damaged or another product's; no space
     * @throws IOException if the store fails
     * @throws Exception if the host cannot tell
     */
    public RestorePlan plan(RestoreId id, RestoreRequest request, Rehearsal depth) throws Exception {
        Manifest manifest = manifest(request);
        List<ManifestTable> requested = requested(request, manifest);
        requireRenamed(request, requested);
        List<PlannedTable> tables = targets(request, requested);
        List<ManifestTable> wanted = tables.stream()
                .filter(table -> table.state() == TableState.STAGING)
                .map(table -> manifest.table(table.source()).orElseThrow())
                .toList();
        for (ManifestTable table : wanted) {
            requireFiles(table);
            if (depth != Rehearsal.FILES) {
                requireMetadata(table);
            }
        }
        requireSpace(wanted, tables);
        return new RestorePlan(
                id,
                request.backup(),
                request.location(),
                manifest.token(),
                request.mode() == RestoreMode.OVERWRITE,
                tables);
    }

    private Manifest manifest(RestoreRequest request) throws IOException, RefusedException {
        try {
            Manifest manifest = manifests
                    .read(request.backup())
                    .filter(found -> found.status().isBackup())
                    .orElseThrow(() -> new RefusedException(
                            Reason.NOT_FOUND,
                            "backup_id: '" + request.backup() + "' (expected: a backup that is there)"));
            if (!manifest.product().name().equals(site.product())) {
                throw new RefusedException(
                        Reason.UNUSABLE,
                        "product: '" + manifest.product().name() + "' (expected: '" + site.product() + "')");
            }
            return manifest;
        } catch (BadManifestException e) {
            throw new RefusedException(Reason.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private static List<ManifestTable> requested(RestoreRequest request, Manifest manifest) throws RefusedException {
        if (request.tables().isEmpty()) {
            return manifest.tables().stream()
                    .filter(table -> table.status() == TableStatus.COMPLETED)
                    .toList();
        }
        List<ManifestTable> tables = new ArrayList<>();
        for (TableName name : request.tables().stream().distinct().toList()) {
            tables.add(manifest.table(name)
                    .filter(table -> table.status() == TableStatus.COMPLETED)
                    .orElseThrow(() -> new RefusedException(
                            Reason.MALFORMED, "table: '" + name + "' (expected: one that is in the backup)")));
        }
        return tables;
    }

    /** Under a name that was misspelt, a table would come back in the place of the one it was to be kept beside. */
    private static void requireRenamed(RestoreRequest request, List<ManifestTable> sources) throws RefusedException {
        for (TableName name : request.renamed().keySet()) {
            if (sources.stream().noneMatch(source -> source.name().equals(name))) {
                throw new RefusedException(
                        Reason.MALFORMED, "rename: '" + name + "' (expected: a table that is to be brought back)");
            }
        }
    }

    private List<PlannedTable> targets(RestoreRequest request, List<ManifestTable> sources) throws Exception {
        Set<TableName> busy = underWay();
        Set<TableName> taken = new HashSet<>();
        List<PlannedTable> tables = new ArrayList<>();
        for (ManifestTable source : sources) {
            TableName target = request.renamed().getOrDefault(source.name(), source.name());
            if (!taken.add(target)) {
                throw new RefusedException(
                        Reason.MALFORMED,
                        "rename: two tables to '" + target + "' (expected: a name of its own for each)");
            }
            if (busy.contains(target)) {
                throw new RefusedException(
                        Reason.CONFLICT, "table: '" + target + "' (expected: one that is not being restored)");
            }
            tables.add(PlannedTable.of(source.name(), target, state(request.mode(), target)));
        }
        return tables;
    }

    private TableState state(RestoreMode mode, TableName target) throws Exception {
        boolean skipped = switch (mode) {
            case OVERWRITE -> false;
            case SKIP_IF_EXISTS -> site.target().exists(target);
            case FAIL_IF_EXISTS -> {
                if (site.target().exists(target)) {
                    throw new RefusedException(
                            Reason.CONFLICT, "table: '" + target + "' (expected: one that does not exist)");
                }
                yield false;
            }
        };
        return skipped ? TableState.SKIPPED : TableState.STAGING;
    }

    /** The tables that another restore is at. */
    private Set<TableName> underWay() throws IOException {
        Set<TableName> tables = new HashSet<>();
        for (StoredPlan stored : site.plans().list()) {
            if (ClockRegister.isOne(stored.restore())) {
                continue;
            }
            plan(stored).stream()
                    .flatMap(plan -> plan.tables().stream())
                    .filter(table -> !table.state().isSettled())
                    .forEach(table -> tables.add(table.target()));
        }
        return tables;
    }

    /** Reads a plan. One that cannot be read is carried out by nobody, and so stands in nobody's way. */
    private static Optional<RestorePlan> plan(StoredPlan stored) {
        try {
            return Optional.of(RestorePlan.decode(stored.content()));
        } catch (RuntimeException e) {
            LOG.error("The plan of restore {} cannot be read", stored.restore(), e);
            return Optional.empty();
        }
    }

    private void requireFiles(ManifestTable table) throws IOException, RefusedException {
        for (BackupFile file : table.files().toList()) {
            Optional<StoredObject> found = store.stat(file.name());
            if (found.isEmpty()) {
                throw new RefusedException(Reason.UNUSABLE, "file: " + file.name() + " is missing");
            }
            if (found.get().bytes() != file.bytes()) {
                throw new RefusedException(
                        Reason.UNUSABLE,
                        "file: " + file.name() + " has " + found.get().bytes() + " bytes (expected: " + file.bytes()
                                + ")");
            }
        }
    }

    private void requireMetadata(ManifestTable table) throws IOException, RefusedException {
        try {
            manifests.metadata(table);
        } catch (BadManifestException e) {
            throw new RefusedException(Reason.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private void requireSpace(List<ManifestTable> tables, List<PlannedTable> planned) throws Exception {
        long needed = 0;
        for (ManifestTable table : tables) {
            TableName target = target(table, planned);
            for (ManifestShard shard : table.shards()) {
                needed = Math.addExact(needed, here.isHere(target, shard.id()) ? shard.rawBytes() : 0);
            }
        }
        long usable = site.target().usableBytes();
        if (needed > usable) {
            throw new RefusedException(
                    Reason.NO_SPACE, "space: " + usable + " bytes here (expected: >= " + needed + ")");
        }
    }

    private static TableName target(ManifestTable source, List<PlannedTable> planned) {
        return planned.stream()
                .filter(table -> table.source().equals(source.name()))
                .map(PlannedTable::target)
                .findFirst()
                .orElseThrow();
    }
}
