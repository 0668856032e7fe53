package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import dev.outrigger.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a route takes and what it answers, for the documentation that is made of the route table. It binds nobody: what a handler
 * really does is the handler's. Immutable; each step gives another.
 *
 * <pre>
 *   Operation.of("cart")
 *         .query("verbose", Schema.truth(), "Tells more")
 *         .answers(200, "The cart", Response.JSON, CART)
 *         .refuses(404, "There is no such cart")
 * </pre>
 */
public final class Operation {

    /** What is said of a route that nobody has described. */
    public static final Operation UNDESCRIBED =
            new Operation("host", "", List.of(), Map.of(), Optional.empty(), List.of());

    private final String tag;
    private final String details;
    private final List<Parameter> parameters;
    private final Map<String, Schema> path;
    private final Optional<Schema> body;
    private final List<Answer> answers;

    private Operation(
            String tag,
            String details,
            List<Parameter> parameters,
            Map<String, Schema> path,
            Optional<Schema> body,
            List<Answer> answers) {
        this.tag = requireNonNull(tag, "tag");
        this.details = requireNonNull(details, "details");
        this.parameters = List.copyOf(parameters);
        this.path = Map.copyOf(path);
        this.body = body;
        this.answers = List.copyOf(answers);
    }

    /** Where a parameter stands in a request, but for those of the path, which its template tells. */
    public enum Place {
        QUERY,
        HEADER
    }

    /**
     * A parameter.
     *
     * @param required whether a request without it is refused
     */
    public record Parameter(Place place, String name, boolean required, Schema schema, String description) {

        public Parameter {
            requireNonNull(place, "place");
            requireNonNull(schema, "schema");
            requireNonNull(description, "description");
            if (name.isBlank()) {
                throw new IllegalArgumentException("parameter: blank (expected: a name)");
            }
        }
    }

    /**
     * An answer of one status.
     *
     * @param description when it is given, in one sentence
     * @param contents the shape by media type, in order of preference; none for an answer without a body, and for one that is an
     *     error of the sidecar's form
     */
    public record Answer(int status, String description, Map<String, Schema> contents) {

        public Answer {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("status: " + status + " (expected: 100 to 599)");
            }
            requireNonNull(description, "description");
            contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
        }

        /** Tells whether it is an error document of the sidecar's form. */
        public boolean isProblem() {
            return status >= 400 && contents.isEmpty();
        }
    }

    /**
     * Begins a description.
     *
     * @param tag the heading under which the documentation has it, in one word
     */
    public static Operation of(String tag) {
        return new Operation(tag, "", List.of(), Map.of(), Optional.empty(), List.of());
    }

    /** Says more than the route's summary does. */
    public Operation details(String newDetails) {
        return new Operation(tag, newDetails, parameters, path, body, answers);
    }

    /** Adds a parameter of the query that may be left out. */
    public Operation query(String name, Schema schema, String description) {
        return with(new Parameter(Place.QUERY, name, false, schema, description));
    }

    /** Adds a parameter of the query that must be there. */
    public Operation requiredQuery(String name, Schema schema, String description) {
        return with(new Parameter(Place.QUERY, name, true, schema, description));
    }

    /** Adds a header field that may be left out. */
    public Operation header(String name, Schema schema, String description) {
        return with(new Parameter(Place.HEADER, name, false, schema, description));
    }

    private Operation with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Operation(tag, details, more, path, body, answers);
    }

    /** Tells the shape of a parameter of the route's path. Default: a text. */
    public Operation path(String name, Schema schema) {
        Map<String, Schema> more = new LinkedHashMap<>(path);
        more.put(name, schema);
        return new Operation(tag, details, parameters, more, body, answers);
    }

    /** Tells the JSON that a request must carry. Default: it needs no body. */
    public Operation takes(Schema json) {
        return new Operation(tag, details, parameters, path, Optional.of(json), answers);
    }

    /** Adds an answer, or another media type to the one of that status. */
    public Operation answers(int status, String description, String mediaType, Schema schema) {
        return with(new Answer(status, description, Map.of(mediaType, schema)));
    }

    /** Adds an answer without a body. */
    public Operation answers(int status, String description) {
        return with(new Answer(status, description, Map.of()));
    }

    /**
     * Adds an error of the sidecar's form.
     *
     * @throws IllegalArgumentException if the status is no error's
     */
    public Operation refuses(int status, String description) {
        return with(new Answer(Problem.of(status, description).status(), description, Map.of()));
    }

    private Operation with(Answer answer) {
        List<Answer> more = new ArrayList<>();
        Answer merged = answer;
        for (Answer known : answers) {
            if (known.status() == answer.status()) {
                Map<String, Schema> contents = new LinkedHashMap<>(known.contents());
                contents.putAll(answer.contents());
                merged = new Answer(known.status(), known.description(), contents);
            } else {
                more.add(known);
            }
        }
        more.add(merged);
        return new Operation(tag, details, parameters, path, body, more);
    }

    /** The heading under which the documentation has it. */
    public String tag() {
        return tag;
    }

    /** What the summary does not say; empty for nothing. */
    public String details() {
        return details;
    }

    /** The parameters but those of the path. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The shape of a parameter of the path. */
    public Schema pathParameter(String name) {
        return path.getOrDefault(name, Schema.text());
    }

    /** The JSON that a request must carry. */
    public Optional<Schema> body() {
        return body;
    }

    /** The answers; none for a route that nobody has described. */
    public List<Answer> answers() {
        return answers;
    }
}
