package dev.outrigger.openapi;

import dev.outrigger.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns shapes into the tree of a document, and collects those with a name, which are told once and referred to. */
final class Components {

    private static final String PLACE = "#/components/schemas/";

    private final Map<String, Schema> named = new TreeMap<>();

    /**
     * The tree of a shape where it is used: a reference, if it has a name.
     *
     * @throws IllegalArgumentException if another shape has the same name
     */
    Map<String, Object> use(Schema schema) {
        return schema.name().map(name -> refer(name, schema)).orElseGet(() -> tree(schema));
    }

    private Map<String, Object> refer(String name, Schema schema) {
        Schema known = named.putIfAbsent(name, schema);
        if (known != null && !known.equals(schema)) {
            throw new IllegalArgumentException("schema: " + name + " (expected: one shape of that name)");
        }
        return Map.of("$ref", PLACE + name);
    }

    /** The trees of all that were referred to, and of those that they refer to, by name. */
    Map<String, Object> schemas() {
        Map<String, Object> trees = new TreeMap<>();
        while (trees.size() < named.size()) {
            for (Schema schema : List.copyOf(named.values())) {
                trees.computeIfAbsent(schema.name().orElseThrow(), name -> tree(schema));
            }
        }
        return trees;
    }

    private Map<String, Object> tree(Schema schema) {
        return map(schema.keywords());
    }

    private Object value(Object value) {
        if (value instanceof Schema schema) {
            return use(schema);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(value(element)));
            return copy;
        }
        return value;
    }

    private Map<String, Object> map(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value(value)));
        return copy;
    }
}
