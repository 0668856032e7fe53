package dev.outrigger.example.raft.store;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories with databases in them. */
public final class Directories {

    private static final String TABLE_FILE = ".sst";

    private Directories() {}

    /** Removes a directory with everything in it, following no link; does nothing where there is none. */
    public static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Lists what is in a directory, by name; nothing where there is none. */
    public static List<Path> list(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    /**
     * Copies a database that nobody writes to into a new directory, and forces all of it to the disk. Table files never change and are linked.
     */
    static void copyDatabase(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        for (Path file : list(source)) {
            String name = String.valueOf(file.getFileName());
            if (!isDatabaseFile(name)) {
                continue;
            }
            Path copy = target.resolve(name);
            if (name.endsWith(TABLE_FILE)) {
                Files.createLink(copy, file);
            } else {
                Files.copy(file, copy);
            }
            force(copy);
        }
        force(target);
    }

    /** Tells whether a file belongs to a database, and is not its lock, its log of events, or a digest that was put beside it. */
    public static boolean isDatabaseFile(String name) {
        return name.endsWith(TABLE_FILE)
                || name.endsWith(".log")
                || name.endsWith(".blob")
                || (name.startsWith("MANIFEST-") && !name.endsWith(".md5"))
                || name.equals("CURRENT");
    }

    /**
     * Looks whether there is a database in a directory.
     *
     * @throws IOException if there is none
     */
    public static void requireDatabase(Path directory) throws IOException {
        if (Files.notExists(directory.resolve("CURRENT"))) {
            throw new IOException("there is no database in " + directory);
        }
    }

    /** Forces a file, or the names in a directory, to the disk. */
    public static void force(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }
}
