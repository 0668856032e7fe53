package dev.outrigger.netty;

import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;

/** The faults of a request that the server itself finds, before any route is asked. */
final class WireProblems {

    private WireProblems() {}

    static ProblemException malformed(String what) {
        return Problem.badRequest("Malformed request: " + what).asException();
    }

    static ProblemException targetTooLong(int limitBytes) {
        return Problem.of(414, "Request target over " + limitBytes + " bytes").asException();
    }

    static ProblemException headerTooLarge(String limit) {
        return Problem.of(431, "Request header over " + limit).asException();
    }

    static ProblemException bodyTooLarge(int limitBytes) {
        return Problem.of(413, "Request body over " + limitBytes + " bytes").asException();
    }

    static ProblemException tooSlow() {
        return Problem.of(408, "Request not complete in time").asException();
    }

    static ProblemException unknownExpectation() {
        return Problem.of(417, "Unknown expectation").asException();
    }

    static ProblemException unknownMethod() {
        return Problem.of(501, "Unknown method").asException();
    }

    static ProblemException unknownTransferCoding() {
        return Problem.of(501, "Unknown transfer coding").asException();
    }

    static ProblemException unknownVersion() {
        return Problem.of(505, "HTTP version not supported (expected: HTTP/1.0 or HTTP/1.1)")
                .asException();
    }
}
