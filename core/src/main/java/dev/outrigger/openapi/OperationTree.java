package dev.outrigger.openapi;

import dev.outrigger.http.Access;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the tree of one operation. */
final class OperationTree {

    private static final String RESPONSES = "#/components/responses/";

    /** Nobody has described the route: neither its answers' shape nor that of its errors is known. */
    private static final Map<String, Object> UNTOLD = Map.of("description", "What the host answers.");

    private final Components components;
    private final CallerRules callers;

    OperationTree(Components components, CallerRules callers) {
        this.components = components;
        this.callers = callers;
    }

    /**
     * @param id names it, as no other
     */
    Map<String, Object> of(Route route, String id) {
        Operation operation = route.operation();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("operationId", id);
        if (!route.summary().isEmpty()) {
            tree.put("summary", route.summary());
        }
        if (!operation.details().isEmpty()) {
            tree.put("description", operation.details());
        }
        tree.put("tags", List.of(operation.tag()));
        List<Object> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            tree.put("parameters", parameters);
        }
        operation.body().ifPresent(body -> tree.put("requestBody", body(body)));
        tree.put("responses", responses(route));
        if (!callers.schemeTrees().isEmpty()) {
            tree.put("security", callers.waysToCall(route));
        }
        return tree;
    }

    private List<Object> parameters(Route route) {
        List<Object> trees = new ArrayList<>();
        for (String name : route.path().parameters()) {
            trees.add(parameter("path", name, true, route.operation().pathParameter(name), ""));
        }
        for (Operation.Parameter known : route.operation().parameters()) {
            String place = switch (known.place()) {
                case QUERY -> "query";
                case HEADER -> "header";
            };
            trees.add(parameter(place, known.name(), known.required(), known.schema(), known.description()));
        }
        return trees;
    }

    private Map<String, Object> parameter(
            String place, String name, boolean required, Schema schema, String description) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("in", place);
        if (!description.isEmpty()) {
            tree.put("description", description);
        }
        if (required) {
            tree.put("required", true);
        }
        tree.put("schema", components.use(schema));
        return tree;
    }

    private Map<String, Object> body(Schema json) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("required", true);
        tree.put("content", content(Map.of(Response.JSON, json)));
        return tree;
    }

    private Map<String, Object> responses(Route route) {
        Operation operation = route.operation();
        Map<String, Object> byStatus = new TreeMap<>();
        for (Operation.Answer answer : operation.answers()) {
            byStatus.put(Integer.toString(answer.status()), answer(answer));
        }
        if (callers.needRight(route)) {
            byStatus.putIfAbsent("401", reference("Unauthorized"));
        }
        if (callers.needRight(route) || route.access() == Access.WRITE) {
            byStatus.putIfAbsent("403", reference("Forbidden"));
        }
        if (operation.body().isPresent()) {
            byStatus.putIfAbsent("413", problem("The body is larger than 64 KiB."));
            byStatus.putIfAbsent("415", problem("The body is not declared as JSON."));
        }
        Map<String, Object> tree = new LinkedHashMap<>(byStatus);
        tree.put("default", operation.answers().isEmpty() ? UNTOLD : reference("Problem"));
        return tree;
    }

    private Map<String, Object> answer(Operation.Answer answer) {
        if (answer.isProblem()) {
            return problem(answer.description());
        }
        return response(answer.description(), answer.contents());
    }

    private Map<String, Object> problem(String description) {
        return response(description, Map.of(Response.JSON, Problem.SCHEMA));
    }

    private Map<String, Object> response(String description, Map<String, Schema> contents) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("description", description);
        if (!contents.isEmpty()) {
            tree.put("content", content(contents));
        }
        return tree;
    }

    private Map<String, Object> content(Map<String, Schema> contents) {
        Map<String, Object> tree = new LinkedHashMap<>();
        contents.forEach((mediaType, schema) ->
                tree.put(withoutParameters(mediaType), Map.of("schema", components.use(schema))));
        return tree;
    }

    /** Which charset it is, clients do not choose. */
    private static String withoutParameters(String mediaType) {
        int end = mediaType.indexOf(';');
        return end < 0 ? mediaType : mediaType.substring(0, end);
    }

    private static Map<String, Object> reference(String response) {
        return Map.of("$ref", RESPONSES + response);
    }

    /** The answers that operations share, by name. */
    Map<String, Object> sharedResponses() {
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put("Problem", problem("Whatever else went wrong."));
        if (!callers.schemes().isEmpty()) {
            Map<String, Object> unauthorized = problem("The caller has not proven who it is.");
            unauthorized.put("headers", Map.of("WWW-Authenticate", Map.of("schema", components.use(Schema.text()))));
            shared.put("Unauthorized", unauthorized);
        }
        shared.put("Forbidden", problem("This caller may not do this, or not from here."));
        return shared;
    }
}
