package dev.outrigger.backup;

import java.io.IOException;

/** Is told of each step that something in a test takes. What it throws comes out of the step. */
public interface Steps {

    /** Says nothing, and lets everything happen. */
    Steps UNSEEN = new Steps() {};

    /** Called before a step has had any effect. */
    default void before(String step) throws IOException {}

    /** Called when a step has had its effect. */
    default void after(String step) throws IOException {}

    /** A step that gives something. */
    @FunctionalInterface
    interface Step<T> {

        T take() throws IOException;
    }

    /** A step that gives nothing. */
    @FunctionalInterface
    interface Action {

        void take() throws IOException;
    }

    /** Takes a step, and tells of it. */
    default <T> T taking(String step, Step<T> action) throws IOException {
        before(step);
        T result = action.take();
        after(step);
        return result;
    }

    /** Takes a step, and tells of it. */
    default void doing(String step, Action action) throws IOException {
        before(step);
        action.take();
        after(step);
    }
}
