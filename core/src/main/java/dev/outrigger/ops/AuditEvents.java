package dev.outrigger.ops;

import org.slf4j.LoggerFactory;

/**
 * Takes what the audit log is to tell that no request tells: how work went on that a request began. Called on any thread, never
 * on an event loop.
 */
@FunctionalInterface
public interface AuditEvents {

    /**
     * Takes one event.
     *
     * @param operation what was worked at, such as {@code cluster.leave}
     * @param outcome how it stands: {@code begun}, {@code done} or {@code failed}
     * @param detail for people; never a secret
     */
    void tell(String operation, String outcome, String detail);

    /** Events that go straight to the logger {@code outrigger.audit}, as key-value pairs. */
    static AuditEvents toLog() {
        return (operation, outcome, detail) -> LoggerFactory.getLogger("outrigger.audit")
                .atInfo()
                .addKeyValue("operation", operation)
                .addKeyValue("outcome", outcome)
                .addKeyValue("detail", detail)
                .log("Work that a request began");
    }
}
