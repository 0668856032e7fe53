package dev.outrigger.ops;

import dev.outrigger.health.HealthReport;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which checks a reader asks for: {@code ?only=a}, {@code ?exclude=a&exclude=b,c}. The verdict follows from those alone;
 * gates, shards and the life cycle still count. Immutable.
 *
 * @param only empty for all
 */
record CheckSelection(Set<String> only, Set<String> exclude) {

    static final CheckSelection ALL = new CheckSelection(Set.of(), Set.of());

    private static final int LONGEST_ECHO = 64;

    static CheckSelection of(Query query) {
        return new CheckSelection(names(query, "only"), names(query, "exclude"));
    }

    boolean isAll() {
        return only.isEmpty() && exclude.isEmpty();
    }

    /**
     * Narrows a view to what was asked for.
     *
     * @throws dev.outrigger.http.ProblemException with 404 if {@code only} names a check that there is not
     */
    View of(View view) {
        if (isAll()) {
            return view;
        }
        for (String name : only) {
            if (view.report().check(name).isEmpty()) {
                throw Problem.notFound("No such check: " + echo(name)).asException();
            }
        }
        return view.overChecks(check -> isSelected(check.name()));
    }

    /** The warnings of the report, and one for each name to exclude that is no check's. */
    List<String> warnings(HealthReport whole) {
        List<String> warnings = new ArrayList<>(whole.warnings());
        for (String name : exclude) {
            if (whole.check(name).isEmpty()) {
                warnings.add("exclude: no such check: " + echo(name));
            }
        }
        return List.copyOf(warnings);
    }

    private boolean isSelected(String name) {
        return (only.isEmpty() || only.contains(name)) && !exclude.contains(name);
    }

    private static Set<String> names(Query query, String parameter) {
        Set<String> names = new LinkedHashSet<>();
        for (String value : query.all(parameter)) {
            for (String name : value.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.trim());
                }
            }
        }
        return names;
    }

    private static String echo(String name) {
        return name.length() <= LONGEST_ECHO ? name : name.substring(0, LONGEST_ECHO) + "…";
    }
}
