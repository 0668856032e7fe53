package dev.outrigger.backup.manifest;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import java.util.Optional;

/**
 * What the files of a backup are called.
 *
 * <p>A dash may stand in ids and in names of tables, so nothing is ever parsed back out of a file's name but the id out of a manifest's
 * and a claim's: what belongs to a backup is told by its manifest, or by its claim.
 *
 * @param id of the backup
 */
public record BackupNames(BackupId id) {

    private static final String MANIFEST = "-cluster-metadata.json";
    private static final String CLAIM = "-cluster-inprogress.json";

    /** The manifest, whose presence makes a backup. */
    public ObjectName manifest() {
        return new ObjectName(id + MANIFEST);
    }

    /** The claim, which is there while the backup is being written. */
    public ObjectName claim() {
        return new ObjectName(id + CLAIM);
    }

    /** What describes a table. */
    public ObjectName metadata(TableName table) {
        return new ObjectName(table.encoded() + "-" + id + "-metadata.json");
    }

    /** The archive of a shard. */
    public ObjectName shard(TableName table, int shard) {
        return new ObjectName("shard-" + shard + "-" + table.encoded() + "-" + id + ".tar.zst");
    }

    /** Returns the id of the backup whose manifest a file is, if it is one. */
    public static Optional<BackupId> ofManifest(ObjectName name) {
        return idBefore(MANIFEST, name);
    }

    /** Returns the id of the backup whose claim a file is, if it is one. */
    public static Optional<BackupId> ofClaim(ObjectName name) {
        return idBefore(CLAIM, name);
    }

    private static Optional<BackupId> idBefore(String suffix, ObjectName name) {
        String text = name.value();
        if (!text.endsWith(suffix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BackupId(text.substring(0, text.length() - suffix.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // somebody else's file
        }
    }
}
