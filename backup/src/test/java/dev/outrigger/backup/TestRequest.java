package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.http.Method;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as a test makes it up; one with a body is of JSON. */
record TestRequest(
        Method method,
        String path,
        Query query,
        Map<String, String> headers,
        Map<String, String> parameters,
        byte[] body)
        implements Request {

    static TestRequest of(Method method, String target, String body) {
        int question = target.indexOf('?');
        return new TestRequest(
                method,
                question < 0 ? target : target.substring(0, question),
                question < 0 ? Query.empty() : Query.parse(target.substring(question + 1)),
                body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json"),
                Map.of(),
                body.getBytes(UTF_8));
    }

    /** The same with this header field, and no other. */
    TestRequest onlyHeader(String name, String value) {
        return new TestRequest(method, path, query, Map.of(name, value), parameters, body);
    }

    TestRequest header(String name, String value) {
        return new TestRequest(
                method,
                path,
                query,
                Map.of("Content-Type", headers.getOrDefault("Content-Type", ""), name, value),
                parameters,
                body);
    }

    TestRequest matched(Map<String, String> found) {
        return new TestRequest(method, path, query, headers, found, body);
    }

    @Override
    public String pathParameter(String name) {
        return parameters.get(name);
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public String requestId() {
        return "request-1";
    }

    @Override
    public boolean seesDetails() {
        return true;
    }
}
