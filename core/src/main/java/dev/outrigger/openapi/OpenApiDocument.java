package dev.outrigger.openapi;

import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells a route table in the words of OpenAPI 3.1, as YAML.
 *
 * <p>Made of nothing but the table that requests are dispatched by, so that a path that answers is in the document, and one that does
 * not answer is not. What OPTIONS and HEAD answer follows from the rest and is left out. The same table gives the same bytes.
 */
public final class OpenApiDocument {

    private static final String VERSION = "3.1.0";

    private final Components components = new Components();
    private final OperationTree operations;
    private final CallerRules callers;
    private final Set<String> ids = new HashSet<>();

    private OpenApiDocument(CallerRules callers) {
        this.callers = callers;
        this.operations = new OperationTree(components, callers);
    }

    /**
     * Makes the document.
     *
     * @param title what is documented
     * @param version of it
     * @throws IllegalArgumentException if two shapes share a name
     */
    public static byte[] of(String title, String version, RouteTable table, CallerRules callers) {
        return Yaml.document(new OpenApiDocument(callers).tree(title, version, table));
    }

    private Map<String, Object> tree(String title, String version, RouteTable table) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", title);
        info.put("version", version);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("openapi", VERSION);
        tree.put("info", info);
        tree.put("tags", tags(table));
        tree.put("paths", paths(table));
        tree.put("components", components());
        return tree;
    }

    private static List<Map<String, Object>> tags(RouteTable table) {
        Set<String> names = new LinkedHashSet<>();
        table.paths()
                .forEach(path -> path.routes()
                        .forEach(route -> names.add(route.operation().tag())));
        List<Map<String, Object>> tags = new ArrayList<>();
        names.forEach(name -> tags.add(Map.of("name", name)));
        return tags;
    }

    private Map<String, Object> paths(RouteTable table) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (PathRoutes path : table.paths()) {
            Map<String, Object> methods = new LinkedHashMap<>();
            for (Route route : path.routes()) {
                String method = route.method().name().toLowerCase(Locale.ROOT);
                methods.put(method, operations.of(route, id(method, path.path().toString())));
            }
            paths.put(table.prefix() + path.path(), methods);
        }
        return paths;
    }

    /** A name that generated clients can give to a function. */
    private String id(String method, String path) {
        String words = path.equals("/") ? "_root" : path.replaceAll("[^A-Za-z0-9]+", "_");
        String wanted = method + words.replaceAll("_$", "");
        String id = wanted;
        for (int number = 2; !ids.add(id); number++) {
            id = wanted + "_" + number;
        }
        return id;
    }

    private Map<String, Object> components() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("responses", operations.sharedResponses());
        tree.put("schemas", components.schemas());
        Map<String, Object> schemes = callers.schemeTrees();
        if (!schemes.isEmpty()) {
            tree.put("securitySchemes", schemes);
        }
        return tree;
    }
}
