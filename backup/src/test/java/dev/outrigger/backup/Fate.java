package dev.outrigger.backup;

import dev.outrigger.backup.location.MemoryStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to one process on its way through all the steps that it takes, whatever they are done to: a store, the plans, the host's
 * tables. Its steps are numbered from 1 in the order in which they are begun, so it is for a process that does one thing at a time.
 */
public final class Fate implements Steps, MemoryStore.Hook {

    /** The death of a process. An error, so that nobody takes it for a failure. */
    public static final class Died extends Error {

        private static final long serialVersionUID = 1L;

        Died(String when) {
            super(when);
        }
    }

    private enum Kind {
        NOTHING,
        DEATH_AFTER,
        FAILURE_BEFORE,
        FAILURE_AFTER
    }

    private final Kind kind;
    private final int at;
    private final List<String> begun = new ArrayList<>(); // guarded by this
    private int done; // guarded by this

    private Fate(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    /** All goes well, and is counted. */
    public static Fate uneventful() {
        return new Fate(Kind.NOTHING, 0);
    }

    /** The process dies right after a step, or, at 0, before its first: nothing that it does later has an effect. */
    public static Fate deathAfter(int step) {
        return new Fate(Kind.DEATH_AFTER, step);
    }

    /** One step fails, and has no effect. */
    public static Fate failureOf(int step) {
        return new Fate(Kind.FAILURE_BEFORE, step);
    }

    /** One step has its effect, and fails all the same, as when a reply is lost. */
    public static Fate failureAfter(int step) {
        return new Fate(Kind.FAILURE_AFTER, step);
    }

    /** The steps that were begun. */
    public synchronized List<String> begun() {
        return List.copyOf(begun);
    }

    @Override
    public synchronized void before(String step) throws IOException {
        if (kind == Kind.DEATH_AFTER && done >= at) {
            throw new Died("before " + step);
        }
        begun.add(step);
        if (kind == Kind.FAILURE_BEFORE && begun.size() == at) {
            throw new IOException("no effect: " + step);
        }
    }

    @Override
    public synchronized void after(String step) throws IOException {
        done++;
        if (kind == Kind.DEATH_AFTER && done == at) {
            throw new Died("after " + step);
        }
        if (kind == Kind.FAILURE_AFTER && begun.size() == at) {
            throw new IOException("no reply: " + step);
        }
    }

    @Override
    public void before(MemoryStore.Operation operation, String name) throws IOException {
        before(operation + " " + name);
    }

    @Override
    public void after(MemoryStore.Operation operation, String name) throws IOException {
        after(operation + " " + name);
    }

    @Override
    public String toString() {
        return kind + " " + at;
    }
}
