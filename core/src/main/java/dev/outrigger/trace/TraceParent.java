package dev.outrigger.trace;

import java.util.Optional;

/**
 * What a request's {@code traceparent} says of the trace it belongs to (W3C Trace Context, level 1, section 3.2). Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId the caller's span, 16 lower-case hexadecimal digits, not all zero; the sidecar makes none of its own
 */
public record TraceParent(String traceId, String spanId) {

    private static final int TRACE_ID_AT = 3;
    private static final int SPAN_ID_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int LENGTH = 55;

    public TraceParent {
        if (traceId.length() != 32 || !isId(traceId) || spanId.length() != 16 || !isId(spanId)) {
            throw new IllegalArgumentException("trace parent: " + traceId + ", " + spanId
                    + " (expected: 32 and 16 lower-case hexadecimal digits, not all zero)");
        }
    }

    /**
     * Reads the value of a {@code traceparent} header. A version that is not known yet is read as far as this one goes, as the
     * standard asks.
     *
     * @return empty if it is malformed, which is to be treated as if there were none
     */
    public static Optional<TraceParent> parse(String value) {
        if (!hasParts(value) || !hasKnownLength(value)) {
            return Optional.empty();
        }
        String traceId = value.substring(TRACE_ID_AT, SPAN_ID_AT - 1);
        String spanId = value.substring(SPAN_ID_AT, FLAGS_AT - 1);
        return isId(traceId) && isId(spanId) ? Optional.of(new TraceParent(traceId, spanId)) : Optional.empty();
    }

    private static boolean hasParts(String value) {
        return value.length() >= LENGTH
                && areDigits(value, 0, TRACE_ID_AT - 1)
                && value.charAt(TRACE_ID_AT - 1) == '-'
                && value.charAt(SPAN_ID_AT - 1) == '-'
                && value.charAt(FLAGS_AT - 1) == '-'
                && areDigits(value, FLAGS_AT, LENGTH);
    }

    /** Version 00 ends here; a later one may go on behind another dash; ff is none. */
    private static boolean hasKnownLength(String value) {
        return !value.startsWith("ff")
                && (value.length() == LENGTH || (!value.startsWith("00") && value.charAt(LENGTH) == '-'));
    }

    private static boolean isId(String text) {
        return areDigits(text, 0, text.length()) && text.chars().anyMatch(c -> c != '0');
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
