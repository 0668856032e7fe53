package dev.outrigger.backup.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings many files and directories to disk while others are still being written. A file system that is asked by several threads at once
 * writes its journal once for all of them: thousands of small files take a tenth of the time. One that can be brought to disk as a whole is,
 * where there are more than a hundred of them, which takes a third less CPU again; whatever else was written there goes to disk with it.
 *
 * <p>Used by one thread. The others are daemons, begin with what is added, and have ended when this is closed or has been waited for.
 * Where the disk does not keep up, whoever adds to it does a part of the work: not more than a thousand names wait.
 */
public final class DiskSync implements AutoCloseable {

    /** Nearly all of them wait all the time: the more do, the more is written at once. With half as many it takes an eighth longer. */
    private static final int MAX_THREADS = 32;

    private static final int MAX_WAITING = 1_000;

    private static final int MAX_EACH_BY_ITSELF = 100;

    /** So that a disk has something to do long before the last of millions. */
    private static final int MAX_AT_ONCE = 10_000;

    private final Path root;
    private final Optional<FileSystemSync> whole;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            this::newThread,
            new ThreadPoolExecutor.CallerRunsPolicy());
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int eachByItself;
    private int atOnce;
    private volatile boolean over;

    /**
     * Prepares for what is below a directory, before it is written.
     *
     * @param root need not be there yet
     */
    public DiskSync(Path root) {
        this(root, LinuxFileSystem.of(root));
    }

    /** Closes the file system in the end. */
    DiskSync(Path root, Optional<FileSystemSync> whole) {
        this.root = root;
        this.whole = whole;
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "outrigger-disk-sync-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /**
     * Has a file or directory brought to disk as it is now, at some time until {@link #await} returns.
     *
     * @param name below the root; an empty one for the root itself
     * @throws IOException if one that was added before may not be on disk
     */
    public void add(String name) throws IOException {
        rethrowFailure();
        if (whole.isEmpty() || eachByItself < MAX_EACH_BY_ITSELF) {
            eachByItself++;
            executor.execute(() -> attempt(() -> force(name)));
        } else {
            atOnce++;
            if (atOnce == MAX_AT_ONCE) {
                syncWhole();
            }
        }
    }

    private void syncWhole() {
        atOnce = 0;
        executor.execute(() -> attempt(whole.orElseThrow()::sync));
    }

    private void attempt(Step step) {
        if (over || failure.get() != null) {
            return; // Whatever went wrong, no thread goes on to another file.
        }
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void force(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(root.resolve(name), Set.of(READ, NOFOLLOW_LINKS))) {
            channel.force(true);
        }
    }

    /**
     * Waits until all are on disk. Nothing can be added thereafter.
     *
     * @throws IOException if one may not be
     * @throws InterruptedException if the thread was interrupted
     */
    public void await() throws IOException, InterruptedException {
        if (atOnce > 0) {
            syncWhole();
        }
        executor.shutdown();
        if (joinAll() || Thread.interrupted()) {
            throw new InterruptedException("interrupted while files were brought to disk");
        }
        rethrowFailure();
    }

    /** Waits for the threads' end, also when interrupted, which makes it come soon; tells whether that was so. */
    private boolean joinAll() {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    over = true;
                }
            }
        }
        return interrupted;
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

    /** Leaves what is not on disk yet. */
    @Override
    public void close() {
        over = true;
        executor.shutdown();
        if (joinAll()) {
            Thread.currentThread().interrupt();
        }
        whole.ifPresent(FileSystemSync::close);
    }
}
