package dev.outrigger.backup.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits until many files and directories are on disk. A file system that is asked by several threads at once writes its journal once for
 * all of them: thousands of small files take a tenth of the time.
 *
 * <p>The threads are daemons and have ended when the call returns.
 */
public final class DiskSync {

    private static final int MAX_THREADS = 16;

    private final Path root;
    private final List<String> names;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private DiskSync(Path root, List<String> names) {
        this.root = root;
        this.names = names;
    }

    /**
     * Waits until all are on disk.
     *
     * @param names of files and directories below the root; an empty one for the root itself
     * @throws IOException if one may not be
     * @throws InterruptedException if the thread was interrupted
     */
    public static void force(Path root, List<String> names) throws IOException, InterruptedException {
        new DiskSync(root, names).run();
    }

    private void run() throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(MAX_THREADS, names.size()); i++) {
                Thread thread = new Thread(this::forceRemaining, "outrigger-disk-sync-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            forceRemaining();
        } finally {
            next.set(names.size()); // Whatever went wrong, no thread goes on to another file.
            joinAll(threads);
        }
        rethrowFailure();
    }

    private void forceRemaining() {
        for (int i = next.getAndIncrement(); i < names.size(); i = next.getAndIncrement()) {
            try (FileChannel channel = FileChannel.open(root.resolve(names.get(i)), Set.of(READ, NOFOLLOW_LINKS))) {
                channel.force(true);
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
                next.set(names.size());
            }
        }
    }

    private static void joinAll(List<Thread> threads) throws InterruptedException {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while files were brought to disk");
        }
    }

    private void rethrowFailure() throws IOException {
        Exception first = failure.get();
        if (first instanceof IOException io) {
            throw io;
        }
        if (first instanceof RuntimeException runtime) {
            throw runtime;
        }
    }
}
