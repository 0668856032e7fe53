package dev.outrigger.http;

/**
 * Answers the requests of one route.
 *
 * <p>Called on the thread of the route's {@link Lane}, by several threads at once where the lane has several. What it
 * throws becomes an answer: a {@link ProblemException} the one it carries, anything else a 500 that says nothing but a
 * request id, under which the log has the rest.
 */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request.
     *
     * @throws ProblemException to answer with an error of the contract's form
     * @throws Exception if anything else went wrong, which is answered with 500 and logged
     */
    Response handle(Request request) throws Exception;
}
