package dev.outrigger.backup.keep;

import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.job.StoreFailedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs work on several threads that can fail only with the store, or by being stopped. */
final class KeepThreads {

    private KeepThreads() {}

    /**
     * Does all the work, and returns what it gave, in its order.
     *
     * @throws IOException if the store failed, or the thread was interrupted
     */
    static <T> List<T> run(String name, int count, List<? extends Callable<T>> work) throws IOException {
        try {
            return new ShardThreads(name, count).run(work);
        } catch (StoreFailedException e) {
            throw e.failure();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (Exception e) {
            throw new IllegalStateException("a failure that nothing here can have", e);
        }
    }
}
