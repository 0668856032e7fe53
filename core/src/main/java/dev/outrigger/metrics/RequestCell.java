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

    private final int method;
    private final Labels labels;
    private long count;

    RequestCell(int method, Labels labels) {
        this.method = method;
        this.labels = labels;
    }

    /** The index of the method that it counts. */
    int method() {
        return method;
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
