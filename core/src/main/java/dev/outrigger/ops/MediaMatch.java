package dev.outrigger.ops;

import java.util.List;

/**
 * How well a media type is matched by the range of an {@code Accept} header that matches it most specifically (RFC 9110, section
 * 12.5.1).
 *
 * @param specificity from 0, by no range, to 3, by one that names the type in full
 * @param weight of that range
 */
record MediaMatch(int specificity, double weight) {

    private static final int NAMED = 3;

    /** Matches a type like {@code application/json}, whatever its parameters. */
    static MediaMatch of(List<Preference> ranges, String mediaType) {
        return best(ranges, mediaType, "");
    }

    /** Matches one that is named with this parameter {@code version}, or with none. */
    static MediaMatch ofVersion(List<Preference> ranges, String mediaType, String version) {
        return best(ranges, mediaType, version);
    }

    private static MediaMatch best(List<Preference> ranges, String mediaType, String version) {
        MediaMatch best = new MediaMatch(0, 0);
        for (Preference range : ranges) {
            int specificity = specificity(range, mediaType, version);
            boolean better =
                    specificity > best.specificity || (specificity == best.specificity && range.weight() > best.weight);
            if (specificity > 0 && better) {
                best = new MediaMatch(specificity, range.weight());
            }
        }
        return best;
    }

    private static int specificity(Preference range, String mediaType, String version) {
        if (range.value().equals(mediaType)) {
            boolean fits = version.isEmpty()
                    || range.parameters().getOrDefault("version", version).equals(version);
            return fits ? NAMED : 0;
        }
        if (range.value().equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*")) {
            return 2;
        }
        return range.value().equals("*/*") ? 1 : 0;
    }

    /** Tells whether the type is named in full, and not refused. */
    boolean isNamed() {
        return specificity == NAMED && weight > 0;
    }

    /**
     * Tells whether this type is to be taken instead of the one that is taken where nothing is said: if its weight is higher, or equal
     * and it was asked for by name.
     */
    boolean isPreferredTo(MediaMatch usual) {
        return weight > usual.weight || (isNamed() && weight == usual.weight);
    }
}
