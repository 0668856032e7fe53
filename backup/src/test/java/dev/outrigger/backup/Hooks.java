package dev.outrigger.backup;

import dev.outrigger.backup.location.MemoryStore.Hook;
import dev.outrigger.backup.location.MemoryStore.Operation;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What happens to stores in tests of jobs. */
final class Hooks {

    /** All goes well. */
    static final Hook NOTHING = new Hook() {};

    private Hooks() {}

    /** Every read of an object waits whose name begins so. */
    static Hook holding(String prefix, CountDownLatch release) {
        return new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.READ && name.startsWith(prefix)) {
                    hold(release);
                }
            }
        };
    }

    /** One kind of operation fails, on objects whose names end so. */
    static Hook failing(Operation failing, String suffix) {
        return new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == failing && name.endsWith(suffix)) {
                    throw new IOException("canary: /var/secret " + name);
                }
            }
        };
    }

    /** Everything fails. */
    static Hook down() {
        return new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                throw new IOException("canary: /var/secret " + name);
            }
        };
    }

    /** One kind of operation fails so many times. */
    static Hook failingFirst(Operation failing, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == failing && left.getAndDecrement() > 0) {
                    throw new IOException("canary: /var/secret " + name);
                }
            }
        };
    }

    /** Waits for a latch in the middle of an operation. */
    static void hold(CountDownLatch release) throws IOException {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
