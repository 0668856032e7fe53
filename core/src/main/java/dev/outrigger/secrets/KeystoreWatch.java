package dev.outrigger.secrets;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a keystore's file again and again, on a daemon thread of its own. */
final class KeystoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.secrets");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Runnable look;
    private final Duration interval;
    private final Thread thread = new Thread(this::run, "outrigger-keystore");
    private volatile boolean stopped;

    KeystoreWatch(Runnable look, Duration interval) {
        this.look = look;
        this.interval = interval;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, and waits for it, unless called by itself or interrupted. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, interval.toNanos());
            // A stray interrupt would turn parking into spinning.
            Thread.interrupted();
            if (!stopped) {
                lookSafely();
            }
        }
    }

    /** The watch outlives whatever happens in a look. */
    private void lookSafely() {
        try {
            look.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("The watch over the keystore failed, and goes on", failure);
        }
    }
}
