package dev.outrigger.backup.keep;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is called as archives and tables' metadata are. Whose it is, its name does not tell: {@code shard-0-a-b-c.tar.zst} may be
 * of table {@code a-b} in backup {@code c}, or of table {@code a} in backup {@code b-c}.
 *
 * @param stem table and backup, with a dash between them
 */
record DataFile(String stem) {

    private static final Pattern ARCHIVE = Pattern.compile("shard-[0-9]+-(.+)\\.tar\\.zst");
    private static final Pattern METADATA = Pattern.compile("(.+)-metadata\\.json");

    /** Returns what the name of such a file tells; nothing for any other. */
    static Optional<DataFile> of(ObjectName name) {
        Matcher archive = ARCHIVE.matcher(name.value());
        if (archive.matches()) {
            return Optional.of(new DataFile(archive.group(1)));
        }
        Matcher metadata = METADATA.matcher(name.value());
        return metadata.matches() && BackupNames.ofManifest(name).isEmpty()
                ? Optional.of(new DataFile(metadata.group(1)))
                : Optional.empty();
    }

    /** Tells whether a backup could have given it its name. */
    boolean mayBeOf(BackupId id) {
        String end = "-" + id;
        return stem.length() > end.length() && stem.endsWith(end);
    }

    /** Tells whether two backups could give a file the same name. */
    static boolean mayShare(BackupId one, BackupId other) {
        return one.value().endsWith("-" + other) || other.value().endsWith("-" + one);
    }
}
