package dev.outrigger.backup.job;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does the same to several shards at once, on a few daemon threads that live as long as the call.
 *
 * <p>When one shard fails, those that were not begun are left; those that are under way run to their end, since nothing is interrupted
 * inside the host's files.
 */
public final class ShardThreads {

    private final String name;
    private final int count;

    /**
     * Makes none yet.
     *
     * @param name of the work; the threads are called {@code outrigger-<name>-N}
     * @param count how many shards at once, 1 or more
     */
    public ShardThreads(String name, int count) {
        this.name = name;
        this.count = count;
    }

    /**
     * Does all the work, and returns what it gave, in its order.
     *
     * @throws Exception what the first piece of work threw that failed, with others' failures as suppressed; on
     *     {@link InterruptedIOException} the caller was interrupted
     */
    public <T> List<T> run(List<? extends Callable<T>> work) throws Exception {
        if (work.isEmpty()) {
            return List.of();
        }
        int size = Math.min(count, work.size());
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "outrigger-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        Failures failures = new Failures();
        List<Future<T>> begun = new ArrayList<>();
        try {
            for (Callable<T> piece : work) {
                begun.add(threads.submit(() -> failures.unlessFailed(piece)));
            }
        } catch (RuntimeException | Error e) {
            failures.add(e); // No further thread is to be had: those that are there are waited for all the same.
        }
        threads.shutdown();
        awaitEnd(threads, failures);
        failures.throwFirst();
        List<T> results = new ArrayList<>();
        for (Future<T> piece : begun) {
            results.add(result(piece));
        }
        return results;
    }

    private static <T> T result(Future<T> piece) throws InterruptedException {
        try {
            return piece.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a failure that was not noted", e);
        }
    }

    /** Waits for every thread, also when interrupted: what they work on is the caller's, who would take it away under them. */
    private static void awaitEnd(ExecutorService threads, Failures failures) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                failures.add(new InterruptedIOException("interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What failed, the first before the others. */
    private static final class Failures {

        private final List<Throwable> failures = new ArrayList<>(); // guarded by this

        <T> T unlessFailed(Callable<T> piece) throws Exception {
            if (hasFailed()) {
                throw new InterruptedIOException("another shard has failed");
            }
            try {
                return piece.call();
            } catch (Exception | Error e) {
                add(e);
                throw e;
            }
        }

        private synchronized boolean hasFailed() {
            return !failures.isEmpty();
        }

        synchronized void add(Throwable failure) {
            failures.add(failure);
        }

        @SuppressWarnings("ReferenceEquality") // the same one, and not one like it
        synchronized void throwFirst() throws Exception {
            if (failures.isEmpty()) {
                return;
            }
            Throwable first = failures.get(0);
            // The same one may have come out of several threads, and an exception cannot suppress itself.
            failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
            if (first instanceof Error error) {
                throw error;
            }
            throw (Exception) first;
        }
    }
}
