package dev.outrigger.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One count, which one thread raises and any thread reads. */
final class RequestCell {

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(RequestCell.class, "count", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Labels labels;
    private long count;

    RequestCell(Labels labels) {
        this.labels = labels;
    }

    Labels labels() {
        return labels;
    }

    /** Not atomic, and need not be: nobody else writes. */
    void increment() {
        COUNT.setRelease(this, count + 1);
    }

    long count() {
        return (long) COUNT.getAcquire(this);
    }
}
