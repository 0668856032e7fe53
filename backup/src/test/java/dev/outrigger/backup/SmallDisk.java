package dev.outrigger.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file system of its own in memory, where this process may mount one. */
public final class SmallDisk implements AutoCloseable {

    private final Path directory;
    private final boolean mounted;

    private SmallDisk(Path directory, boolean mounted) {
        this.directory = directory;
        this.mounted = mounted;
    }

    /**
     * Mounts one over a directory.
     *
     * @param options of the file system, such as {@code size=1m,nr_inodes=16}
     */
    public static SmallDisk over(Path directory, String options) throws InterruptedException {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "none", directory.toString()) == 0;
        return new SmallDisk(directory, mounted);
    }

    /** Tells whether this process could mount it. */
    public boolean isThere() {
        return mounted;
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted && run("umount", directory.toString()) != 0) {
                throw new IOException("still mounted: " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a program; one that is not there has failed. */
    private static int run(String... command) throws InterruptedException {
        boolean there = Stream.of("/bin/", "/usr/bin/", "/sbin/")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory + command[0])));
        if (!there) {
            return -1;
        }
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
