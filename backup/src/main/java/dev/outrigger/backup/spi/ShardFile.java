package dev.outrigger.backup.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of a shard's snapshot. Its content must not change until the snapshot is closed: a hard link into a storage engine's
 * checkpoint is enough, since files are streamed, never copied first.
 *
 * @param path relative to the shard, with {@code /} between names; as it is given back when the shard is restored
 * @param bytes how long it is
 * @param opener opens it; may be called more than once
 */
public record ShardFile(String path, long bytes, Opener opener) {

    /**
     * @throws IllegalArgumentException if the path is empty, absolute or leads outside, or the length is negative
     */
    public ShardFile {
        requireNonNull(opener, "opener");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes of " + path + ": " + bytes + " (expected: >= 0)");
        }
        if (!isRelative(path)) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: names with / between them)");
        }
    }

    /** Looks at the characters where they are: there may be many thousands of files. */
    private static boolean isRelative(String path) {
        int begin = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '\\' || c == 0) {
                return false;
            }
            if (c == '/') {
                if (isNoName(path, begin, i - begin)) {
                    return false;
                }
                begin = i + 1;
            }
        }
        return true;
    }

    private static boolean isNoName(String path, int begin, int length) {
        return length == 0 || (length <= 2 && path.startsWith("..".substring(0, length), begin));
    }

    /**
     * A file on disk.
     *
     * @param path what it is called within the shard
     * @param file where it lies
     * @throws IOException if its length cannot be told
     */
    public static ShardFile of(String path, Path file) throws IOException {
        return new ShardFile(path, Files.size(file), () -> Files.newInputStream(file));
    }

    /** Opens a file. */
    @FunctionalInterface
    public interface Opener {

        /** Opens it at its beginning; the caller closes it. */
        InputStream open() throws IOException;
    }
}
