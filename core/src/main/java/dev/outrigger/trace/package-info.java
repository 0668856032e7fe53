/** What is written down of requests: the access log, the audit log, and figures of who calls. Knows nothing of HTTP beyond words. */
@NullMarked
package dev.outrigger.trace;

import org.jspecify.annotations.NullMarked;
