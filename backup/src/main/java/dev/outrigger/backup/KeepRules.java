package dev.outrigger.backup;

import dev.outrigger.backup.keep.Retention;
import dev.outrigger.backup.location.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done by the clock, location by location. Immutable.
 *
 * @param rules at most one for each location
 */
record KeepRules(List<KeepRule> rules) {

    /**
     * @throws IllegalArgumentException if there are two for one location
     */
    KeepRules {
        rules = List.copyOf(rules);
        Set<String> locations = new HashSet<>();
        for (KeepRule rule : rules) {
            if (!locations.add(rule.location())) {
                throw new IllegalArgumentException(
                        "keep: '" + rule.location() + "' (expected: one rule for each location)");
            }
        }
    }

    Optional<KeepRule> at(Location location) {
        return rules.stream()
                .filter(rule -> rule.location().equals(location.toString()))
                .findFirst();
    }

    /** Returns what is kept at a location, where that is limited. */
    Optional<Retention> retention(Location location) {
        return at(location).flatMap(KeepRules::retention);
    }

    private static Optional<Retention> retention(KeepRule rule) {
        if (rule.keepLast().isEmpty() && rule.keepFor().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Retention(rule.keepLast(), rule.keepFor()));
    }

    /** Returns the locations that have a rule. */
    List<Location> locations() {
        List<Location> locations = new ArrayList<>();
        rules.forEach(rule -> locations.add(Location.parse(rule.location())));
        return locations;
    }
}
