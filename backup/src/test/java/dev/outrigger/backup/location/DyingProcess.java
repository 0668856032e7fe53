package dev.outrigger.backup.location;

import dev.outrigger.backup.location.MemoryStore.Operation;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that dies right after so many operations on its store: nothing it does later reaches the store, its cleaning up neither. */
public final class DyingProcess implements MemoryStore.Hook {

    /** What a test sees of the death. An error, so that nobody takes it for a store that fails. */
    public static final class Died extends Error {

        private static final long serialVersionUID = 1L;

        Died(String when) {
            super(when);
        }
    }

    private final int life;
    private final AtomicInteger done = new AtomicInteger();

    /** @param life how many operations it lives for; at 0 it dies before its first */
    public DyingProcess(int life) {
        this.life = life;
    }

    @Override
    public void before(Operation operation, String name) {
        if (done.get() >= life) {
            throw new Died("before " + operation + " of " + name);
        }
    }

    @Override
    public void after(Operation operation, String name) {
        if (done.incrementAndGet() == life) {
            throw new Died("after " + operation + " of " + name);
        }
    }

    /** How many operations it came to. Below its life: there was no more to do, and it did not die. */
    public int operations() {
        return done.get();
    }
}
