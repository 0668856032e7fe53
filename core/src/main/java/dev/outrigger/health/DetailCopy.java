package dev.outrigger.health;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Copies what a host gives as details into plain immutable values, within bounds, so that a report neither changes
 * after it was published nor grows without end. One use, one thread: the check's own, where a host's {@code toString}
 * may throw or hang without harm.
 */
final class DetailCopy {

    private static final int LONGEST_TEXT = 1_024;
    private static final int MOST_DIGITS = 100;
    private static final int DEEPEST = 8;

    private int valuesLeft = 1_000;
    private int depth;

    static String text(String value) {
        return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT) + "…";
    }

    Map<String, @Nullable Object> map(Map<?, ?> source) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : source.entrySet()) {
            if (valuesLeft-- <= 0) {
                break;
            }
            copy.put(text(String.valueOf(entry.getKey())), value(entry.getValue()));
        }
        return Collections.unmodifiableMap(copy);
    }

    private List<@Nullable Object> list(Iterable<?> source) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object element : source) {
            if (valuesLeft-- <= 0) {
                break;
            }
            copy.add(value(element));
        }
        return Collections.unmodifiableList(copy);
    }

    private @Nullable Object value(@Nullable Object source) {
        if (source == null || source instanceof Boolean) {
            return source;
        }
        if (source instanceof Number number) {
            return number(number);
        }
        if (depth < DEEPEST && (source instanceof Map || source instanceof List)) {
            return nested(source);
        }
        return text(String.valueOf(source));
    }

    private Object nested(Object source) {
        depth++;
        try {
            return source instanceof Map<?, ?> map ? map(map) : list((List<?>) source);
        } finally {
            depth--;
        }
    }

    private static Object number(Number source) {
        if (source instanceof Long
                || source instanceof Integer
                || source instanceof Short
                || source instanceof Byte
                || source instanceof AtomicLong
                || source instanceof AtomicInteger
                || source instanceof LongAdder) {
            return source.longValue();
        }
        if (source instanceof BigInteger big && big.bitLength() < MOST_DIGITS * 3) {
            return big;
        }
        if (source instanceof BigDecimal big && big.precision() <= MOST_DIGITS) {
            return big;
        }
        return source.doubleValue();
    }
}
