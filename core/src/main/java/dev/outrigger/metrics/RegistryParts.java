package dev.outrigger.metrics;

import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects a simpleclient registry in ever smaller parts, until what throws is alone.
 *
 * <p>The registry does not hand out its collectors, but it can be asked for names, and then it calls only those that
 * described such a name. Halving finds one collector that throws among a thousand in about twenty requests, which
 * together collect everything two or three times: asking each name on its own would call collectors of many families
 * as often as they have families, and those that described nothing every time.
 */
final class RegistryParts {

    private final CollectorRegistry registry;
    private final List<MetricFamily> families = new ArrayList<>();

    RegistryParts(CollectorRegistry registry) {
        this.registry = registry;
    }

    List<MetricFamily> collect() {
        List<Part> parts = described();
        if (!parts.isEmpty()) {
            collect(parts);
        }
        return families;
    }

    /** Asks for nothing, and notes which names the registry knows on its way to that answer. */
    private List<Part> described() {
        List<String> names = new ArrayList<>();
        registry.filteredMetricFamilySamples(name -> {
            names.add(name);
            return false;
        });
        return parts(names);
    }

    /** Puts the names of one family together. In {@code getNames()}, a family's own name comes after its samples'. */
    private static List<Part> parts(List<String> names) {
        List<Part> parts = new ArrayList<>();
        Part current = new Part("");
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            if (!current.owns(name)) {
                current = new Part(name);
                parts.add(current);
            }
            current.names.add(name);
        }
        return parts;
    }

    private void collect(List<Part> parts) {
        Set<String> wanted = new HashSet<>();
        parts.forEach(part -> wanted.addAll(part.names));
        try {
            families.addAll(SimpleclientSource.families(registry.filteredMetricFamilySamples(wanted::contains)));
        } catch (Throwable e) { // As above: what throws here is what the parts are for.
            split(parts, e);
        }
    }

    private void split(List<Part> parts, Throwable cause) {
        int half = parts.size() / 2;
        if (half == 0) {
            families.add(new LostFamily(parts.get(0).base, cause));
        } else {
            collect(parts.subList(0, half));
            collect(parts.subList(half, parts.size()));
        }
    }

    /** The names that one family uses. */
    private static final class Part {

        private final String base;
        private final Set<String> names = new HashSet<>();

        Part(String base) {
            this.base = base;
        }

        boolean owns(String name) {
            if (base.isEmpty() || !name.startsWith(base)) {
                return false;
            }
            for (SampleSuffix suffix : SampleSuffix.values()) {
                if (name.length() == base.length() + suffix.text().length() && name.endsWith(suffix.text())) {
                    return true;
                }
            }
            return false;
        }
    }
}
