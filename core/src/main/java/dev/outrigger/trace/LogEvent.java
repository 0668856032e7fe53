package dev.outrigger.trace;

/** Something that is to be written to a log. Immutable. */
public sealed interface LogEvent permits AccessEvent, AuditEvent {

    /** Writes it. Called on the thread {@code outrigger-log} alone. */
    void write();
}
