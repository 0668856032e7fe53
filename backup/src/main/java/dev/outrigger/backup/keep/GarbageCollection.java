package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.Claim;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Removes from a location what is certainly nobody's: the rest of deleted backups, what dead writers have left, and unfinished writes.
 *
 * <pre>
 *   claim of a dead writer ──► tombstone created if absent ──► files removed ──► unfinished writes removed ──► claim removed
 *                                    │ there is a manifest: it had committed                                     the tombstone stays
 *                                    └───────────────────────────────────────────────────────────────────────► claim removed
 * </pre>
 *
 * <p>A claim is dead when it is this node's and its job has ended, or when an operator says so; no clock decides. Whoever of writer and
 * collection comes first with its one conditional write has the say: a writer that was given up and wakes up fails to commit, and removes
 * what it wrote.
 *
 * <p>After a crash at any point it may be run again. Used by one thread, once; two nodes may collect at once.
 */
public final class GarbageCollection {

    private final KeepSite site;
    private final ObjectStore store;
    private final Predicate<String> running;
    private final JobControl control;
    private final StoredClaims claims;
    private final Tombstones tombstones;
    private final Removal deletion;

    /**
     * Prepares a collection.
     *
     * @param store at the location; left open
     * @param running tells of a job of this node, by its id, whether it may go on: one that waits for its next attempt may
     */
    public GarbageCollection(KeepSite site, ObjectStore store, Predicate<String> running, JobControl control) {
        this.site = requireNonNull(site, "site");
        this.store = requireNonNull(store, "store");
        this.running = requireNonNull(running, "running");
        this.control = requireNonNull(control, "control");
        this.claims = new StoredClaims(store, site.signature());
        this.tombstones = new Tombstones(site, store);
        this.deletion = new Removal(site, store);
    }

    /**
     * Checks whether there is an unfinished backup that an operator may give up.
     *
     * @throws RefusedException with {@code NOT_FOUND} if nobody has claimed the id, {@code CONFLICT} if a job of this node is writing it
     * @throws IOException if the store fails
     */
    public void requireUnfinished(BackupId id) throws IOException, RefusedException {
        StoredClaim found = claims.read(id)
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND, "backup_id: '" + id + "' (expected: one that is unfinished)"));
        if (found.claim().filter(this::isWrittenHere).isPresent()) {
            throw new RefusedException(
                    Reason.CONFLICT,
                    "backup_id: '" + id + "' (expected: one that no job is writing; cancel the job instead)");
        }
    }

    /**
     * Collects.
     *
     * @return what was removed, or would be
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop: what is left stays for the next time
     * @throws IOException if the store fails: the same
     */
    public Collected run(CollectionOrder order) throws IOException {
        Tally tally = new Tally();
        FileRemoval removal = new FileRemoval(store, control, tally, order.dryRun());
        Inventory inventory = Inventory.of(store, site.signature());
        for (BackupId id : inventory.ids()) {
            control.check();
            Optional<StoredClaim> claim = claims.read(id);
            inventory.strike(id, claim);
            boolean claimed = claim.isPresent() && !collect(claim.get(), order, removal);
            deletion.finish(id, control, removal);
            if (!claimed) {
                inventory.unclaimed(id);
            }
        }
        removeUnfinished(inventory.unclaimed(), removal);
        tally.orphans(inventory.orphans());
        return tally.collected();
    }

    private boolean isWrittenHere(Claim claim) {
        return claim.nodeId().equals(site.nodeId()) && running.test(claim.jobId());
    }

    /** Removes a claim and all that it names, if its writer is dead; tells whether it is gone. */
    private boolean collect(StoredClaim claim, CollectionOrder order, FileRemoval removal) throws IOException {
        boolean givenUp = order.unfinished().contains(claim.id());
        if (claim.claim().isEmpty() && !givenUp) {
            control.log("the claim on " + claim.id() + " cannot be read, and stays until an operator gives it up");
            removal.tally().leftAlone(claim.id());
            return false;
        }
        return claim.claim().map(said -> isDead(said, givenUp)).orElse(true) && giveUp(claim, removal);
    }

    private boolean isDead(Claim claim, boolean givenUp) {
        return claim.nodeId().equals(site.nodeId()) ? !running.test(claim.jobId()) : givenUp;
    }

    private boolean giveUp(StoredClaim claim, FileRemoval removal) throws IOException {
        if (!claims.stands(claim)) {
            return false; // Its writer has gone on, or is done.
        }
        return switch (prevent(claim.id(), removal.isDryRun())) {
            case COMMITTED -> removal.close(claim.stored());
            case ABORTED -> removeAll(claim, removal);
            case UNKNOWN -> {
                removal.tally().leftAlone(claim.id());
                yield false;
            }
        };
    }

    private Tombstones.Standing prevent(BackupId id, boolean dryRun) throws IOException {
        return dryRun ? tombstones.standing(id).orElse(Tombstones.Standing.ABORTED) : tombstones.abort(id);
    }

    private boolean removeAll(StoredClaim claim, FileRemoval removal) throws IOException {
        List<ObjectName> names = claim.files().toList();
        List<StoredObject> present = removal.present(names);
        Neighbours neighbours = Neighbours.of(claim.id(), store);
        control.phase(
                "removing what is left of " + claim.id(),
                present.stream().mapToLong(StoredObject::bytes).sum(),
                0);
        return switch (removal.remove(present, neighbours, claim.stored())) {
            case DONE -> {
                removal.removeUnfinished(names, neighbours);
                boolean closed = removal.close(claim.stored());
                if (closed) {
                    removal.tally().givenUp(claim.id());
                }
                yield closed;
            }
            case LEFT_ALONE -> {
                removal.tally().leftAlone(claim.id());
                yield false;
            }
            case OVERTAKEN -> false;
        };
    }

    /** Removes what a crash has left of manifests and claims themselves, of ids that nobody is writing. */
    private void removeUnfinished(List<BackupId> unclaimed, FileRemoval removal) throws IOException {
        List<ObjectName> names = unclaimed.stream()
                .map(BackupNames::new)
                .flatMap(named -> List.of(named.manifest(), named.claim()).stream())
                .toList();
        removal.removeUnfinished(names, Neighbours.none());
    }
}
