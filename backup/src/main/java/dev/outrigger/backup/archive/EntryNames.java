package dev.outrigger.backup.archive;

import java.util.HashSet;
import java.util.Set;

/**
 * The names of one archive, of which no two get into each other's way on any file system: none twice, not even where case does not
 * count, and none both a file and a directory.
 *
 * <p>Not thread-safe.
 */
final class EntryNames {

    private final Set<String> files = new HashSet<>();
    private final Set<String> directories = new HashSet<>();
    private final Set<String> exactDirectories = new HashSet<>();

    EntryNames() {
        files.add(EntryName.folded(HeaderDocument.ENTRY));
        files.add(EntryName.folded(Checksums.ENTRY));
    }

    /**
     * Adds a file's name.
     *
     * @throws IllegalArgumentException if it is in the way of one that is there, or of one of the archive's own entries
     */
    void add(EntryName name) {
        String folded = EntryName.folded(name.value());
        if (!files.add(folded) || directories.contains(folded)) {
            throw conflict(name);
        }
        String directory = name.directory();
        if (!directory.isEmpty() && !exactDirectories.contains(directory)) {
            addDirectories(name);
        }
    }

    private void addDirectories(EntryName name) {
        for (String parent : name.parents()) {
            if (exactDirectories.add(parent)) {
                String foldedParent = EntryName.folded(parent);
                directories.add(foldedParent);
                if (files.contains(foldedParent)) {
                    throw conflict(name);
                }
            }
        }
    }

    /** Tells whether a directory of exactly that name leads to one of the files. */
    boolean isDirectory(String name) {
        return exactDirectories.contains(name);
    }

    private static IllegalArgumentException conflict(EntryName name) {
        return new IllegalArgumentException(
                "path: " + name + " (expected: no other file of that name, whatever its case, nor above or below it)");
    }
}
