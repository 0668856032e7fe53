package dev.outrigger.example.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Backups in a directory. */
record DirectoryPlace(Path directory) implements BackupPlace {

    @Override
    public String location() {
        return "file://" + directory;
    }

    @Override
    public List<String> machineOptions() {
        return List.of();
    }

    @Override
    public List<String> nodeOptions() {
        return List.of("--backup-root=" + directory);
    }

    @Override
    public SortedSet<String> names() {
        if (Files.notExists(directory)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            SortedSet<String> names = new TreeSet<>();
            files.filter(file -> !file.equals(directory))
                    .forEach(file -> names.add(directory.relativize(file).toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file as a person does. */
    void remove(String name) {
        try {
            Files.delete(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory has none: what is unfinished has a name. */
    @Override
    public int openUploads() {
        return 0;
    }

    @Override
    public void close() {}
}
