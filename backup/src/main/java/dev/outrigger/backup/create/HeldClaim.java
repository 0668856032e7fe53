package dev.outrigger.backup.create;

import dev.outrigger.backup.location.ObjectExistsException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.BadManifestException;
import dev.outrigger.backup.manifest.Claim;
import dev.outrigger.backup.manifest.Claim.ClaimedTable;
import dev.outrigger.backup.manifest.ClaimCodec;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The claim of a backup that is being written, in the hands of its writer.
 *
 * <p>It names every file before the file is there, so that whoever finds it alone knows what to remove. Used by one thread.
 */
final class HeldClaim {

    private final ObjectStore store;
    private final BackupNames names;
    private final ClaimCodec codec;
    private Claim claim;

    private HeldClaim(ObjectStore store, BackupNames names, ClaimCodec codec, Claim claim) {
        this.store = store;
        this.names = names;
        this.codec = codec;
        this.claim = claim;
    }

    /**
     * Claims an id, or takes up the claim that an earlier attempt of the same writer has left.
     *
     * @throws BackupConflictException if it is claimed by another
     */
    static HeldClaim take(ObjectStore store, BackupNames names, ClaimCodec codec, Claim fresh)
            throws IOException, BackupConflictException {
        try {
            store.putIfAbsent(names.claim(), codec.encode(fresh));
            store.removeUnfinished(
                    names.claim().value(), false); // of an earlier attempt, which died before it had claimed anything
            return new HeldClaim(store, names, codec, fresh);
        } catch (ObjectExistsException e) {
            HeldClaim held = left(store, names, codec, fresh.token())
                    .orElseThrow(() -> new BackupConflictException(
                            "backup_id: '" + names.id() + "' (expected: one that is not being written)"));
            held.removeUnfinished();
            held.replace(held.claim.inProcess(fresh.bootId()));
            return held;
        }
    }

    /** Returns the claim that an earlier attempt of a writer has left, if it has. */
    static Optional<HeldClaim> left(ObjectStore store, BackupNames names, ClaimCodec codec, String token)
            throws IOException {
        return read(store, names, codec)
                .filter(found -> found.token().equals(token))
                .map(found -> new HeldClaim(store, names, codec, found));
    }

    private static Optional<Claim> read(ObjectStore store, BackupNames names, ClaimCodec codec) throws IOException {
        Optional<InputStream> found = store.read(names.claim());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(codec.decode(in.readNBytes(ClaimCodec.MAX_BYTES + 1), names));
        } catch (BadManifestException e) {
            return Optional.empty(); // Not ours, whoever's it is.
        }
    }

    /** Returns the tables of which files may be there. */
    List<TableName> tables() {
        return claim.tables().stream().map(ClaimedTable::name).toList();
    }

    /** Returns a table as an earlier attempt has finished it. */
    Optional<ManifestTable> finished(TableName table) {
        return claim.written().stream()
                .filter(written -> written.name().equals(table))
                .findFirst();
    }

    /** Tells whether files of a table may be there. */
    boolean names(TableName table) {
        return claim.tables().stream().anyMatch(claimed -> claimed.name().equals(table));
    }

    /** Returns every file that may be there, the claim and the manifest apart. */
    Stream<ObjectName> files() {
        return claim.files(names);
    }

    /** Returns every file of a table that may be there. */
    Stream<ObjectName> files(TableName table) {
        return claim.tables().stream()
                .filter(claimed -> claimed.name().equals(table))
                .flatMap(claimed -> Claim.files(names, claimed));
    }

    /** Says that files of a table may be there from now on. */
    void begin(ClaimedTable table) throws IOException {
        replace(claim.beginning(table));
    }

    /** Says that a table is whole. */
    void finish(ManifestTable table) throws IOException {
        replace(claim.finished(table));
    }

    /** Says that nothing of a table is there any more. */
    void drop(TableName table) throws IOException {
        replace(claim.without(table));
    }

    /** Removes what a process has left that died while it wrote the claim, or the manifest. */
    void removeUnfinished() throws IOException {
        store.removeUnfinished(names.claim().value(), false);
        store.removeUnfinished(names.manifest().value(), false);
    }

    /** Gives the id free, or leaves it to the manifest. */
    void release() throws IOException {
        store.delete(names.claim());
    }

    private void replace(Claim next) throws IOException {
        store.replace(names.claim(), codec.encode(next));
        claim = next;
    }
}
