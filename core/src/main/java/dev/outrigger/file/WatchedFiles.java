package dev.outrigger.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value made of one or more files, compared by content: by times it could not be, since Kubernetes swaps a link, and a
 * restored file may be older than the one it replaces.
 *
 * <p>{@link #current()} is one volatile read, for any thread.
 *
 * @param <T> the value; immutable, since threads share it
 */
public final class WatchedFiles<T> implements Watched {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.files");
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int READINGS = 3;

    private final String name;
    private final List<Path> files;
    private final Maker<T> maker;

    private volatile T current;
    private volatile boolean stale;
    private final AtomicLong failures = new AtomicLong();

    // Used by the looking thread only. Digests, since the content may be secret.
    private byte[] inUse;
    private byte[] refused = new byte[0];
    private String complaint = "";

    private WatchedFiles(String name, List<Path> files, Maker<T> maker, T current, byte[] inUse) {
        this.name = name;
        this.files = files;
        this.maker = maker;
        this.current = current;
        this.inUse = inUse;
    }

    /**
     * Makes a value of what files contain.
     *
     * @param <T> the value
     */
    @FunctionalInterface
    public interface Maker<T> {

        /**
         * Makes the value.
         *
         * @param contents of the files, in their order; none is larger than 1 MiB
         * @throws Exception if nothing can be made of them; its message is logged, and must not repeat them
         */
        T make(List<byte[]> contents) throws Exception;
    }

    /**
     * Reads the files for the first time.
     *
     * @param name what they are, for people
     * @throws UnusableFileException if one cannot be read, or nothing can be made of them
     */
    public static <T> WatchedFiles<T> read(String name, List<Path> files, Maker<T> maker) {
        requireNonNull(name, "name");
        List<Path> paths = List.copyOf(files);
        try {
            List<byte[]> contents = settled(paths);
            return new WatchedFiles<>(name, paths, maker, maker.make(contents), digest(contents));
        } catch (Exception e) { // Whatever a parser throws, the file is what is wrong.
            throw new UnusableFileException(name + " in " + paths + ": " + reason(e), e);
        }
    }

    /** The value of the last content that was good. */
    public T current() {
        return current;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isStale() {
        return stale;
    }

    @Override
    public long failures() {
        return failures.get();
    }

    @Override
    public void look() {
        try {
            List<byte[]> contents = settled(files);
            byte[] digest = digest(contents);
            if (MessageDigest.isEqual(digest, inUse)) {
                isCurrent("is as it was before");
            } else if (!stale || !MessageDigest.isEqual(digest, refused)) {
                refused = digest;
                current = maker.make(contents);
                inUse = digest;
                stale = true; // so that the change is told of
                isCurrent("has changed, and is in use");
            }
        } catch (Exception e) { // Whatever a parser throws, the last good content stands.
            isStale(reason(e));
        }
    }

    private void isCurrent(String what) {
        if (stale) {
            stale = false;
            complaint = "";
            LOG.info("The content of {} {}: {}", name, what, files);
        }
    }

    private void isStale(String reason) {
        stale = true;
        if (!reason.equals(complaint)) {
            complaint = reason;
            failures.incrementAndGet();
            LOG.warn("{} cannot be used, and the last good content stays in use: {}: {}", name, files, reason);
        }
    }

    /** Reads files until twice in a row they are the same, so that a swap between two of them does no harm. */
    private static List<byte[]> settled(List<Path> files) throws IOException {
        List<byte[]> contents = contents(files);
        for (int reading = 1; reading < READINGS; reading++) {
            List<byte[]> again = contents(files);
            if (MessageDigest.isEqual(digest(contents), digest(again))) {
                return again;
            }
            contents = again;
        }
        return contents;
    }

    private static List<byte[]> contents(List<Path> files) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_BYTES + 1);
                if (content.length > MAX_BYTES) {
                    throw new IOException("larger than 1 MiB");
                }
                contents.add(content);
            }
        }
        return contents;
    }

    private static byte[] digest(List<byte[]> contents) {
        try {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                all.update(MessageDigest.getInstance("SHA-256").digest(content));
            }
            return all.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof UnusableFileException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
