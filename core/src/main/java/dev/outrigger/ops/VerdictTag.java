package dev.outrigger.ops;

/**
 * Names a verdict, not the bytes that tell it: an age that moves does not change the tag. Immutable.
 *
 * @param probe whose verdict it is
 * @param verdict what is compared
 * @param number counts the verdicts, from the time of the first, so that a tag of an earlier process is not taken for one
 *     of this
 */
record VerdictTag(String probe, Object verdict, long number) {

    VerdictTag next(Object newVerdict) {
        return verdict.equals(newVerdict) ? this : new VerdictTag(probe, newVerdict, number + 1);
    }

    /** The value of the {@code ETag} header. */
    String header() {
        return "W/" + opaque();
    }

    /** Tells whether a value of {@code If-None-Match} names this verdict. */
    boolean isNamedBy(String ifNoneMatch) {
        for (String tag : ifNoneMatch.split(",", -1)) {
            String trimmed = tag.trim();
            if (trimmed.equals(header()) || trimmed.equals(opaque())) {
                return true;
            }
        }
        return false;
    }

    private String opaque() {
        return '"' + probe + "-" + number + '"';
    }
}
