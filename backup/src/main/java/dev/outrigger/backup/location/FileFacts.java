package dev.outrigger.backup.location;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file system tells of a regular file, which is the only thing that can be an object.
 *
 * @param bytes its length
 * @param modified to the nanosecond, where the file system knows it so exactly
 * @param key what only this file has, on its device
 */
record FileFacts(long bytes, Instant modified, String key) {

    /** Asks without following a link. Nothing where there is no file, or something that is no regular file. */
    static Optional<FileFacts> of(Path path) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return file.isRegularFile() ? Optional.of(of(file)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FileFacts of(BasicFileAttributes file) {
        return new FileFacts(file.size(), file.lastModifiedTime().toInstant(), inode(String.valueOf(file.fileKey())));
    }

    /** Returns {@code 17} of {@code (dev=fe01,ino=17)}: the number of a device may be another after a restart. */
    private static String inode(String fileKey) {
        return fileKey.replaceAll(".*ino=|\\)", "");
    }

    StoredObject named(ObjectName name) {
        String version = "%d-%d.%09d-%s".formatted(bytes, modified.getEpochSecond(), modified.getNano(), key);
        return new StoredObject(name, bytes, version);
    }
}
