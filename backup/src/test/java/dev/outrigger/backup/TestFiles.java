package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Trees of small files. */
final class TestFiles {

    private TestFiles() {}

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Replaces a file in one step. */
    static void replace(Path file, String content) throws IOException {
        Path other = file.resolveSibling(file.getFileName() + ".new");
        write(other, content);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static List<Path> list(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        }
    }

    /** The files below a directory, by path, a character for each byte. */
    static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        if (Files.exists(directory)) {
            try (Stream<Path> found = Files.walk(directory)) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    contents.put(directory.relativize(file).toString(), Files.readString(file, ISO_8859_1));
                }
            }
        }
        return contents;
    }

    static void link(Path from, Path to) throws IOException {
        for (String file : contents(from).keySet()) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.createLink(to.resolve(file), from.resolve(file));
        }
    }

    static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> found = Files.walk(tree)) {
                for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
