package dev.outrigger.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The decoded parameters of a request's query, in the order sent. Immutable. */
public final class Query {

    private static final Query EMPTY = new Query(Map.of());

    /** In ASCII: the JDK would take any script's digits, and a plus. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The query without parameters. */
    public static Query empty() {
        return EMPTY;
    }

    /**
     * Reads what stands behind the question mark.
     *
     * @throws ProblemException with 400 if the percent-encoding is malformed
     */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = PercentDecoding.queryComponent(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : PercentDecoding.queryComponent(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return new Query(values);
    }

    /** Tells whether there is no parameter at all. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Tells whether the parameter is there, with or without a value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The first value of the parameter; empty text where it was sent without one. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of the parameter, in the order sent. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /**
     * The parameter as a whole number.
     *
     * @throws ProblemException with 400 if it is no number, or not between {@code min} and {@code max}
     */
    public OptionalInt number(String name, int min, int max) {
        Optional<String> text = first(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (WHOLE_NUMBER.matcher(text.get()).matches()) {
            long number = Long.parseLong(text.get());
            if (number >= min && number <= max) {
                return OptionalInt.of((int) number);
            }
        }
        throw Problem.badRequest("Query parameter " + name + ": expected a whole number from " + min + " to " + max)
                .asException();
    }
}
