package dev.outrigger.task;

/** A subscription to what happens to a task. */
@FunctionalInterface
public interface TaskWatch extends AutoCloseable {

    /** Ends it. A listener that is being told something just then may still be told that; of no effect a second time. */
    @Override
    void close();
}
