package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

/** Thrown by a handler, or by what it calls with a client's input, to answer with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Carries a problem to the dispatcher. */
    public ProblemException(Problem problem) {
        // An answer, not a fault: where it was thrown says nothing that the problem does not.
        super(problem.error(), null, false, false);
        this.problem = requireNonNull(problem, "problem");
    }

    /** What the client is to be told. */
    public Problem problem() {
        return problem;
    }
}
