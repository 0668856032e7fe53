package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.Throttle;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * How data is moved: not faster than it may, told to who wants to know, and only until somebody ends it. All three are asked for each
 * piece of at most 1 MiB, by the thread that moves it.
 *
 * @param throttle keeps it slow enough
 * @param progress is told
 * @param cancellation may end it
 */
public record Pacing(Throttle throttle, Progress progress, Cancellation cancellation) {

    /** So that a job that is held back for long can still be ended. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** As fast as it goes, untold, to its end. */
    public static final Pacing NONE = new Pacing(Throttle.NONE, bytes -> {}, () -> {});

    public Pacing {
        requireNonNull(throttle, "throttle");
        requireNonNull(progress, "progress");
        requireNonNull(cancellation, "cancellation");
    }

    /** Is told how much has been moved. */
    @FunctionalInterface
    public interface Progress {

        /** So many more bytes have been moved. */
        void moved(long bytes);
    }

    /** Ends the moving of data between two pieces of it. */
    @FunctionalInterface
    public interface Cancellation {

        /**
         * Does nothing where it may go on.
         *
         * @throws CancellationException if it is to end, which then comes out of the call that moves the data
         */
        void check();
    }

    /**
     * Waits until so many bytes, at most 1 MiB, may be moved.
     *
     * @throws InterruptedException if the thread was interrupted
     * @throws CancellationException if the cancellation ended it
     */
    public void before(int bytes) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while data was moved");
        }
        cancellation.check();
        for (Duration wait = throttle.delay(bytes); !wait.isZero(); wait = throttle.delay(bytes)) {
            Thread.sleep(Math.min(LONGEST_WAIT.toMillis(), Math.max(1, wait.toMillis())));
            cancellation.check();
        }
    }

    /** Tells that so many bytes have been moved. */
    public void after(long bytes) {
        progress.moved(bytes);
    }

    /** What a thread that was interrupted within a file's read or write is to throw. Its interrupt flag is lowered. */
    static InterruptedException interruption(ClosedByInterruptException cause) {
        Thread.interrupted();
        InterruptedException interruption = new InterruptedException("interrupted while data was moved");
        interruption.initCause(cause);
        return interruption;
    }
}
