package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Objects as the regular files of one directory, which is made when first written to. A file is written under a temporary name, forced to
 * the disk, and then linked to its own, which fails where that is taken; the directory is forced too. No link is followed at an
 * object's name, and the directory is resolved, and held against the roots, at each use.
 */
final class DirectoryStore implements ObjectStore {

    private final FileLocation location;
    private final LocationRoots roots;

    DirectoryStore(FileLocation location, LocationRoots roots) {
        this.location = location;
        this.roots = roots;
    }

    @Override
    public ObjectSink create(ObjectName name) throws IOException {
        try {
            Path directory = createdDirectory();
            Path target = directory.resolve(name.value());
            refuseTaken(name, target);
            return new DirectorySink(name, location, target, TemporaryFile.create(directory, name));
        } catch (IOException e) {
            throw DiskErrors.translated(e, location);
        }
    }

    @Override
    public StoredObject putIfAbsent(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        try (ObjectSink sink = create(name)) {
            sink.write(content, 0, content.length);
            return sink.commit();
        }
    }

    @Override
    public StoredObject replace(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        try {
            Path directory = createdDirectory();
            Path target = directory.resolve(name.value());
            try (TemporaryFile file = TemporaryFile.create(directory, name)) {
                file.write(content, 0, content.length);
                file.force();
                file.renameTo(target);
            }
            return FileFacts.of(target)
                    .orElseThrow(() -> new NoSuchFileException(target.toString()))
                    .named(name);
        } catch (IOException e) {
            throw DiskErrors.translated(e, location);
        }
    }

    @Override
    public Optional<StoredObject> stat(ObjectName name) throws IOException {
        return FileFacts.of(directory().resolve(name.value())).map(facts -> facts.named(name));
    }

    @Override
    public Optional<InputStream> read(ObjectName name) throws IOException {
        Path file = directory().resolve(name.value());
        Optional<FileFacts> facts = FileFacts.of(file);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            StoredObject object = new StoredObject(name, channel.size(), "");
            return Optional.of(new ExactInputStream(Channels.newInputStream(channel), object));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<StoredObject> list(String prefix, String after, int limit) throws IOException {
        ListRequest request = new ListRequest(prefix, after, limit);
        TreeMap<ObjectName, StoredObject> first = new TreeMap<>();
        for (Path file : filesOf(directory(), prefix)) {
            Optional<ObjectName> name = request.match(file.getFileName().toString());
            if (name.isPresent() && (first.size() < limit || name.get().compareTo(first.lastKey()) < 0)) {
                FileFacts.of(file).ifPresent(facts -> first.put(name.get(), facts.named(name.get())));
            }
            if (first.size() > limit) {
                first.pollLastEntry();
            }
        }
        return List.copyOf(first.values());
    }

    @Override
    public void delete(ObjectName name) throws IOException {
        Path directory = directory();
        Path file = directory.resolve(name.value());
        if (FileFacts.of(file).isPresent() && Files.deleteIfExists(file)) {
            Directories.force(directory);
        }
    }

    @Override
    public int removeUnfinished(String prefix, boolean dryRun) throws IOException {
        Path directory = directory();
        List<Path> unfinished = filesOf(directory, "." + prefix).stream()
                .filter(file -> TemporaryFile.objectOf(file)
                        .filter(o -> o.startsWith(prefix))
                        .isPresent())
                .toList();
        if (!dryRun) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
            if (!unfinished.isEmpty()) {
                Directories.force(directory);
            }
        }
        return unfinished.size();
    }

    @Override
    public StoreTraits probe(String owner) throws IOException {
        StoreProbe probe = new StoreProbe(this, owner);
        probe.removeLeft();
        removeUnfinished(probe.prefix(), false);
        ObjectName name = probe.newName();
        putIfAbsent(name, new byte[0]); // Fails, with the reason, where there are no hard links.
        delete(name);
        // No checksum travels with a write to a file system, so there is none to verify.
        return new StoreTraits(probe.isConditional(this::putIfAbsent), false);
    }

    /** Holds nothing: each sink and each stream holds its own file. */
    @Override
    public void close() {}

    private Path directory() throws IOException {
        return roots.resolve(location);
    }

    private Path createdDirectory() throws IOException {
        Directories.create(directory());
        return directory(); // Again, since somebody may have put a link where a directory was missing.
    }

    private void refuseTaken(ObjectName name, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ObjectExistsException(name);
        }
    }

    private static List<Path> filesOf(Path directory, String prefix) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(
                directory, file -> file.getFileName().toString().startsWith(prefix))) {
            stream.forEach(files::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (NotDirectoryException e) {
            throw new IOException("location: a file (expected: a directory)", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
