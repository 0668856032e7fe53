package dev.outrigger.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How addresses are spelled: IPv4 in dotted decimals, IPv6 as RFC 4291, section 2.2, allows, and as RFC 5952 wants it.
 *
 * @param address what is spelled
 * @param canonical how it should be
 * @param otherwise another way that is as good: of an IPv4 address within IPv6 there are two
 */
record IpSpelling(IpAddress address, String canonical, String otherwise) {

    private static final String NUMBER = "(0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER);
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;

    static Optional<IpSpelling> of(String text) {
        return text.indexOf(':') < 0 ? dottedAddress(text) : coloned(text);
    }

    boolean isCanonical(String text) {
        return text.equals(canonical) || text.equals(otherwise);
    }

    private static Optional<IpSpelling> dottedAddress(String text) {
        return bits(text).map(bits -> new IpSpelling(IpAddress.v4(bits), text, text));
    }

    private static Optional<Integer> bits(String dotted) {
        Matcher numbers = DOTTED.matcher(dotted);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int bits = 0;
        for (int i = 1; i <= 4; i++) {
            int number = Integer.parseInt(numbers.group(i));
            if (number > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | number;
        }
        return Optional.of(bits);
    }

    private static Optional<IpSpelling> coloned(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<List<Integer>> after = gap < 0 ? Optional.of(List.of()) : groups(text.substring(gap + 2), true);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int known = before.get().size() + after.get().size();
        if (gap < 0 ? known != GROUPS : known >= GROUPS) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(before.get());
        for (int i = known; i < GROUPS; i++) {
            all.add(0);
        }
        all.addAll(after.get());
        return Optional.of(spelling(all));
    }

    /** Reads groups between single colons; the last may be an IPv4 address, in place of two, where it ends the text. */
    private static Optional<List<Integer>> groups(String text, boolean toTheEnd) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<Integer> dotted = toTheEnd && i == parts.length - 1 ? bits(parts[i]) : Optional.empty();
            if (dotted.isPresent()) {
                groups.add(dotted.get() >>> 16);
                groups.add(dotted.get() & 0xffff);
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static IpSpelling spelling(List<Integer> groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups.get(i);
            low = low << 16 | groups.get(i + 4);
        }
        IpAddress address = IpAddress.v6(high, low);
        String hexadecimal = hexadecimal(high, low);
        return address.isV4()
                ? new IpSpelling(address, "::ffff:" + dotted((int) low), hexadecimal)
                : new IpSpelling(address, hexadecimal, hexadecimal);
    }

    static String dotted(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    /** Spells an address as RFC 5952, section 4, has it: the first of the longest runs of zeros, if of two or more, left out. */
    static String hexadecimal(long high, long low) {
        int runStart = 0;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && group(high, low, i + length) == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        if (runLength == 1) {
            return joined(high, low, 0, GROUPS);
        }
        return joined(high, low, 0, runStart) + "::" + joined(high, low, runStart + runLength, GROUPS);
    }

    private static String joined(long high, long low, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index % 4))) & 0xffff;
    }
}
