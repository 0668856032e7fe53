package dev.outrigger.trace;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Events for tests. */
final class Events {

    static final TraceParent TRACE = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    static final Subject SCAN = new Subject(
            Optional.of("orders"), Optional.of("scan"), Optional.of("lsm"), Optional.of("hit"), OptionalLong.of(17));

    private Events() {}

    static Caller caller(int number) {
        return new Caller("r-" + number, Optional.of(TRACE), "192.0.2.1", Optional.of("operator"));
    }

    static Caller stranger(int number) {
        return new Caller("r-" + number, Optional.empty(), "192.0.2.1", Optional.empty());
    }

    static AccessEvent access(int number) {
        return new AccessEvent(
                false, stranger(number), "GET", "/a", Subject.UNKNOWN, OptionalInt.of(200), Outcome.OK, 1_500_000, 120);
    }

    static AuditEvent audit(AuditEvent.Phase phase, int number, OptionalInt status) {
        return new AuditEvent(
                phase,
                Instant.parse("2026-11-21T03:00:00.120Z"),
                caller(number),
                "PUT",
                "/secrets/{key}",
                "/secrets/s3.key",
                Subject.UNKNOWN,
                status);
    }
}
