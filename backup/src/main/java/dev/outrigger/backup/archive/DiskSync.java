package dev.outrigger.backup.archive;

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
final class DiskSync {

    private static final int MAX_THREADS = 8;

    private final List<Path> paths;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private DiskSync(List<Path> paths) {
        this.paths = paths;
    }

    /**
     * Waits until all are on disk.
     *
     * @throws IOException if one may not be
     * @throws InterruptedException if the thread was interrupted
     */
    static void force(List<Path> paths) throws IOException, InterruptedException {
        new DiskSync(paths).run();
    }

    private void run() throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 1; i < Math.min(MAX_THREADS, paths.size()); i++) {
                Thread thread = new Thread(this::forceRemaining, "outrigger-archive-sync-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            forceRemaining();
        } finally {
            next.set(paths.size()); // Whatever went wrong, no thread goes on to another file.
            joinAll(threads);
        }
        rethrowFailure();
    }

    private void forceRemaining() {
        for (int i = next.getAndIncrement(); i < paths.size(); i = next.getAndIncrement()) {
            try (FileChannel channel = FileChannel.open(paths.get(i), Set.of(READ, NOFOLLOW_LINKS))) {
                channel.force(true);
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
                next.set(paths.size());
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
